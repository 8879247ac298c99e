import type { LucideIcon } from "lucide-react";
import { CircleCheck, CircleQuestionMark, CircleX, Send } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { HoldStanding } from "@/db/queries/holds";
import type { HoldActKind, HoldActState } from "@/lib/domain/holds";

/** How far a hold has come, as the list is narrowed by it. */
export const standingWords: Record<HoldStanding, string> = {
  waiting: "Not agreed yet",
  held: "Held",
  completed: "Completed",
  released: "Released",
  none: "Came to nothing",
};

/** In the order in which they are offered. */
export const standings = Object.keys(standingWords) as HoldStanding[];

export const actNouns: Record<HoldActKind, string> = { complete: "Completion", release: "Release" };

export const actStates: Record<HoldActState, { word: string; tone: Tone; Icon: LucideIcon }> = {
  sent: { word: "Sent", tone: "wait", Icon: Send },
  unclear: { word: "Unclear", tone: "unclear", Icon: CircleQuestionMark },
  succeeded: { word: "Done", tone: "paid", Icon: CircleCheck },
  failed: { word: "Not done", tone: "failed", Icon: CircleX },
};
