import { CircleCheck, CircleMinus, Mail } from "lucide-react";
import { StateLabel } from "@/components/ui/state-label";

type Props = { person: { isActive: boolean; isInvited: boolean } };

/** Whether somebody can sign in now. */
export function PersonState({ person: { isActive, isInvited } }: Props) {
  if (!isActive) {
    return (
      <StateLabel tone="closed" icon={<CircleMinus />}>
        Deactivated
      </StateLabel>
    );
  }
  return isInvited ? (
    <StateLabel tone="wait" icon={<Mail />}>
      Invited
    </StateLabel>
  ) : (
    <StateLabel tone="paid" icon={<CircleCheck />}>
      Active
    </StateLabel>
  );
}
