import { CircleCheck, CircleDashed, CirclePause, CircleStop, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import type { StateWord } from "@/components/states/word";
import { StateLabel } from "@/components/ui/state-label";
import type { PlanState } from "@/lib/domain/refund-plan";

const words: Record<PlanState, StateWord> = {
  draft: { word: "Rehearsed", tone: "closed", Icon: CircleDashed, meaning: "Nothing was sent" },
  running: { word: "Running", tone: "wait", Icon: Hourglass, meaning: "Its lines are sent one after the other" },
  paused: { word: "Paused", tone: "unclear", Icon: CirclePause, meaning: "The next line is not sent" },
  finished: { word: "Finished", tone: "paid", Icon: CircleCheck, meaning: "Every line had its turn" },
  discarded: { word: "Ended", tone: "closed", Icon: CircleStop, meaning: "What waited will not be sent" },
};

type Props = { state: PlanState; note?: ReactNode; size?: "inline" | "heading" | undefined };

export function PlanStateLabel({ state, note, size }: Props) {
  const { word, tone, Icon } = words[state];
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}
