import { CircleCheck, CircleStop, CircleX, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import { StateLabel } from "@/components/ui/state-label";
import type { RequestState } from "@/lib/domain/refund-request-state";
import type { StateWord } from "./word";

export const requestStateWords: Record<RequestState, StateWord> = {
  open: {
    word: "Waits for approval",
    tone: "wait",
    Icon: Hourglass,
    meaning: "Nothing is sent before a second person approves",
  },
  approved: { word: "Approved", tone: "paid", Icon: CircleCheck, meaning: "A second person let it go" },
  declined: { word: "Declined", tone: "closed", Icon: CircleX, meaning: "A second person said no; nothing was sent" },
  withdrawn: {
    word: "Taken back",
    tone: "closed",
    Icon: CircleStop,
    meaning: "Its maker took it back; nothing was sent",
  },
};

type Props = { state: RequestState; note?: ReactNode; size?: "inline" | "heading" | undefined };

export function RequestStateLabel({ state, note, size }: Props) {
  const { word, tone, Icon } = requestStateWords[state];
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}
