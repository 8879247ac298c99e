import {
  CircleDashed,
  CircleQuestionMark,
  ClockAlert,
  CopyCheck,
  FileDiff,
  FileX,
  MapPinOff,
  OctagonX,
  ShieldCheck,
  ShieldX,
  Split,
  Unplug,
} from "lucide-react";
import type { ReactNode } from "react";
import { StateLabel } from "@/components/ui/state-label";
import type { Verdict } from "@/lib/domain/verdict";
import type { StateWord } from "./word";

type KnownVerdict = Verdict | "duplicate";

const words: Record<KnownVerdict, StateWord> = {
  valid: { word: "Valid", tone: "paid", Icon: ShieldCheck, meaning: "Signed by the gateway and equal to our order" },
  duplicate: { word: "Duplicate", tone: "closed", Icon: CopyCheck, meaning: "The same message again; nothing changed" },
  late: { word: "Late", tone: "unclear", Icon: ClockAlert, meaning: "Genuine, but the order had already ended" },
  contradiction: {
    word: "Contradiction",
    tone: "unclear",
    Icon: FileDiff,
    meaning: "Genuine, but it cannot be squared with what was proven before",
  },
  "wrong-content": {
    word: "Wrong content",
    tone: "failed",
    Icon: FileDiff,
    meaning: "Signed by the gateway, but its numbers are not our order's",
  },
  "unknown-order": {
    word: "Unknown order",
    tone: "unclear",
    Icon: CircleQuestionMark,
    meaning: "Genuine, but there is no such order here",
  },
  ambiguous: { word: "Ambiguous", tone: "unclear", Icon: Split, meaning: "Its fields could be divided in another way" },
  "source-refused": {
    word: "Source refused",
    tone: "failed",
    Icon: MapPinOff,
    meaning: "Signed by the gateway, but from an address that its credential’s list does not have",
  },
  "bad-signature": {
    word: "Bad signature",
    tone: "failed",
    Icon: ShieldX,
    meaning: "Nobody proved to be its author; kept, not believed",
  },
  unreadable: { word: "Unreadable", tone: "failed", Icon: FileX, meaning: "Not in a shape the protocol knows" },
  "wrong-environment": {
    word: "Wrong environment",
    tone: "failed",
    Icon: Unplug,
    meaning: "Signed with a key of the other environment; kept apart, never acted on",
  },
  refused: {
    word: "Refused",
    tone: "failed",
    Icon: OctagonX,
    meaning: "Too large, too slow or broken off: not taken in",
  },
};

/** A verdict we have no word for is shown as it is. */
export function verdictWord(verdict: string): StateWord {
  if (isKnown(verdict)) return words[verdict];
  return { word: verdict, tone: "closed", Icon: CircleDashed, meaning: "A verdict without a sentence of its own" };
}

type Props = { verdict: string; note?: ReactNode; size?: "inline" | "heading" | undefined };

export function VerdictLabel({ verdict, note, size }: Props) {
  const { word, tone, Icon } = verdictWord(verdict);
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}

function isKnown(verdict: string): verdict is KnownVerdict {
  return Object.hasOwn(words, verdict);
}
