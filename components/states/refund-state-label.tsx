import { CircleDashed, CircleQuestionMark, CircleStop, CircleX, Hourglass, Send, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { StateLabel } from "@/components/ui/state-label";
import { RefundState } from "@/lib/domain/refund-state";
import type { StateWord } from "./word";

const words: Record<RefundState, StateWord> = {
  prepared: { word: "Prepared", tone: "closed", Icon: CircleDashed, meaning: "Stored here, not sent yet" },
  sent: { word: "Sent", tone: "wait", Icon: Send, meaning: "On its way to the gateway" },
  unclear: {
    word: "Unclear",
    tone: "unclear",
    Icon: CircleQuestionMark,
    meaning: "Sent, no proof either way; no second refund starts until there is",
  },
  pending: { word: "Pending", tone: "wait", Icon: Hourglass, meaning: "The gateway has it and works on it" },
  succeeded: {
    word: "Succeeded",
    tone: "refunded",
    Icon: Undo2,
    meaning: "The gateway proved that the money went back",
  },
  failed: { word: "Failed", tone: "failed", Icon: CircleX, meaning: "The money did not go back" },
  stopped: { word: "Stopped", tone: "closed", Icon: CircleStop, meaning: "Taken back by a person; nothing was sent" },
};

/** An unknown state is shown as it came, never as failed. */
export function refundStateWord(state: string): StateWord {
  const known = RefundState.safeParse(state);
  if (known.success) return words[known.data];
  return { word: state, tone: "closed", Icon: CircleDashed, meaning: "The gateway's own word; we do not know it" };
}

type Props = { state: string; note?: ReactNode; size?: "inline" | "heading" | undefined };

export function RefundStateLabel({ state, note, size }: Props) {
  const { word, tone, Icon } = refundStateWord(state);
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}
