import type { LucideIcon } from "lucide-react";
import { CircleCheck, CircleQuestionMark, CircleX, Hourglass, OctagonX, ShieldX, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { StateLabel } from "@/components/ui/state-label";
import type { Tone } from "@/components/ui/tone";

type Outcome = { word: string; tone: Tone; Icon: LucideIcon };

// Red is final: the gateway said no, or nothing was sent. Orange is not known.
const outcomes: Readonly<Record<string, Outcome>> = {
  ok: { word: "Answered", tone: "paid", Icon: CircleCheck },
  "invalid-request": { word: "Held back", tone: "failed", Icon: OctagonX },
  unreachable: { word: "Not reached", tone: "failed", Icon: Unplug },
  "timed-out": { word: "Timed out", tone: "unclear", Icon: Hourglass },
  interrupted: { word: "Broken off", tone: "unclear", Icon: Unplug },
  redirected: { word: "Redirected", tone: "unclear", Icon: CircleQuestionMark },
  "http-error": { word: "HTTP error", tone: "unclear", Icon: CircleQuestionMark },
  "too-large": { word: "Too long", tone: "unclear", Icon: CircleQuestionMark },
  unreadable: { word: "Unreadable", tone: "unclear", Icon: CircleQuestionMark },
  "bad-signature": { word: "Bad signature", tone: "unclear", Icon: ShieldX },
  duplicate: { word: "Number known", tone: "unclear", Icon: CircleQuestionMark },
  "gateway-fault": { word: "Gateway trouble", tone: "unclear", Icon: CircleQuestionMark },
  refused: { word: "Refused", tone: "failed", Icon: CircleX },
};

/** The kinds of trouble, for a filter. */
export const troubleKinds: readonly { value: string; label: string }[] = Object.entries(outcomes)
  .filter(([kind]) => kind !== "ok")
  .map(([value, { word }]) => ({ value, label: word }));

type Props = { outcome: string; note?: ReactNode; size?: "inline" | "heading" | undefined };

/** How a call ended. An outcome without a word of its own is shown as it is. */
export function CallOutcome({ outcome, note, size }: Props) {
  const { word, tone, Icon } = Object.hasOwn(outcomes, outcome)
    ? (outcomes[outcome] as Outcome)
    : { word: outcome, tone: "closed" as const, Icon: CircleQuestionMark };
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}
