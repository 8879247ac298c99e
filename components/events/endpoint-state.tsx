import { CircleCheck, CircleMinus, DoorClosed } from "lucide-react";
import { StateLabel } from "@/components/ui/state-label";

type Props = { isActive: boolean; stoppedBecause: "gone" | null };

export function EndpointState({ isActive, stoppedBecause }: Props) {
  if (isActive) {
    return (
      <StateLabel tone="paid" icon={<CircleCheck />}>
        In use
      </StateLabel>
    );
  }
  return stoppedBecause === "gone" ? (
    <StateLabel tone="failed" icon={<DoorClosed />}>
      Gone
    </StateLabel>
  ) : (
    <StateLabel tone="closed" icon={<CircleMinus />}>
      Out of use
    </StateLabel>
  );
}
