import { CircleCheck, CircleMinus } from "lucide-react";
import { StateLabel } from "@/components/ui/state-label";

export function CredentialState({ isActive }: { isActive: boolean }) {
  return isActive ? (
    <StateLabel tone="paid" icon={<CircleCheck />}>
      In use
    </StateLabel>
  ) : (
    <StateLabel tone="closed" icon={<CircleMinus />}>
      Out of use
    </StateLabel>
  );
}
