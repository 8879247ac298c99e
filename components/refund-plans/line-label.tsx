import {
  CircleCheck,
  CircleMinus,
  CircleQuestionMark,
  CircleX,
  Copy,
  Hand,
  type LucideIcon,
  Ruler,
  SearchX,
} from "lucide-react";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { RequestStateLabel } from "@/components/states/request-state-label";
import { StateLabel } from "@/components/ui/state-label";
import type { Tone } from "@/components/ui/tone";
import type { PlanLineRow } from "@/db/queries/refund-plan-page";
import { PlanVerdict } from "@/lib/domain/refund-plan";

const words: Record<PlanVerdict, { word: string; tone: Tone; Icon: LucideIcon }> = {
  refund: { word: "Will be refunded", tone: "paid", Icon: CircleCheck },
  "needs-approval": { word: "Asks a second person", tone: "wait", Icon: Hand },
  "slip-of-units": { word: "Slip of units?", tone: "unclear", Icon: Ruler },
  "already-refunded": { word: "Already refunded", tone: "refunded", Icon: CircleMinus },
  "exceeds-rest": { word: "More than is left", tone: "failed", Icon: CircleX },
  "not-paid": { word: "Not paid", tone: "closed", Icon: CircleMinus },
  "unclear-refund": { word: "Another is unclear", tone: "unclear", Icon: CircleQuestionMark },
  blocked: { word: "Not possible now", tone: "closed", Icon: CircleMinus },
  "unknown-number": { word: "Unknown here", tone: "failed", Icon: SearchX },
  "listed-twice": { word: "Listed twice", tone: "closed", Icon: Copy },
  invalid: { word: "Cannot be sent", tone: "failed", Icon: CircleX },
};

export function verdictWord(verdict: string | null): string {
  const known = PlanVerdict.safeParse(verdict);
  return known.success ? words[known.data].word : "Not rehearsed";
}

type Props = Pick<PlanLineRow, "state" | "verdict" | "isConfirmed" | "refundState" | "requestState">;

/** Where a line stands: what the rehearsal says while it waits, and after its turn what became of it. */
export function LineLabel({ state, verdict, isConfirmed, refundState, requestState }: Props) {
  if (state === "made" && refundState) return <RefundStateLabel state={refundState} />;
  if (state === "requested" && requestState) return <RequestStateLabel state={requestState} />;
  if (state === "failed") {
    return (
      <StateLabel tone="failed" icon={<CircleX />}>
        Not made
      </StateLabel>
    );
  }
  const known = PlanVerdict.safeParse(verdict);
  const { tone, Icon } = known.success ? words[known.data] : { tone: "closed" as const, Icon: CircleMinus };
  const note = state === "skipped" ? "skipped" : isConfirmed ? "it is meant" : null;
  return (
    <StateLabel tone={state === "skipped" ? "closed" : tone} icon={<Icon />} note={note}>
      {verdictWord(verdict)}
    </StateLabel>
  );
}
