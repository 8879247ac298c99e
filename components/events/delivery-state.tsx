import type { ReactNode } from "react";
import { StateLabel } from "@/components/ui/state-label";
import type { DeliveryState } from "@/lib/domain/events";
import { deliveryWords, outcomeWord } from "./event-words";

type Size = "inline" | "heading" | undefined;

export function DeliveryStateLabel({ state, note, size }: { state: DeliveryState; note?: ReactNode; size?: Size }) {
  const { word, tone, Icon } = deliveryWords[state];
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}

export function AttemptOutcomeLabel({ outcome, note }: { outcome: string; note?: ReactNode }) {
  const { word, tone, Icon } = outcomeWord(outcome);
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note}>
      {word}
    </StateLabel>
  );
}
