import type { LucideIcon } from "lucide-react";
import {
  CircleCheck,
  CircleQuestionMark,
  CircleX,
  CornerUpRight,
  DoorClosed,
  Hourglass,
  OctagonX,
  Unplug,
} from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import type { AttemptOutcome, DeliveryState, EventType } from "@/lib/domain/events";

/** When each type is sent, for the people who tick them. */
export const eventTypeWords: Record<EventType, string> = {
  "payment.held": "the gateway holds money for an order; nothing is paid",
  "payment.paid": "the gateway proved that a payment is paid",
  "payment.declined": "the gateway declined a payment",
  "payment.closed": "an unpaid order was closed",
  "payment.cancelled": "a payment was cancelled on its day",
  "payment.refunded": "the whole sum of a payment went back",
  "payment.attention": "something about a payment needs a person",
  "refund.pending": "the gateway is working on a refund",
  "refund.unclear": "a refund was sent, and its outcome is not known yet",
  "refund.succeeded": "the gateway proved that money went back",
  "refund.failed": "the gateway proved that a refund failed",
  "refund.attention": "something about a refund needs a person",
  "alert.opened": "an alert opened: its cause and where to look",
  "alert.closed": "what an alert was about has ended",
};

export const deliveryWords: Record<DeliveryState, { word: string; tone: Tone; Icon: LucideIcon }> = {
  due: { word: "Waiting", tone: "wait", Icon: Hourglass },
  delivered: { word: "Delivered", tone: "paid", Icon: CircleCheck },
  "given-up": { word: "Given up", tone: "failed", Icon: CircleX },
};

type OutcomeWord = { word: string; meaning: string; tone: Tone; Icon: LucideIcon };

const outcomes: Record<AttemptOutcome, OutcomeWord> = {
  delivered: {
    word: "Delivered",
    meaning: "The receiver answered with a status from 200 to 299.",
    tone: "paid",
    Icon: CircleCheck,
  },
  redirected: {
    word: "Redirected",
    meaning: "The receiver pointed elsewhere. We do not follow: add the address it pointed to as an endpoint.",
    tone: "failed",
    Icon: CornerUpRight,
  },
  "http-error": {
    word: "Refused",
    meaning: "The receiver answered with another status than 200 to 299.",
    tone: "failed",
    Icon: CircleX,
  },
  gone: {
    word: "Gone",
    meaning: "The receiver answered 410: it wants nothing more. The endpoint was taken out of use.",
    tone: "failed",
    Icon: DoorClosed,
  },
  "timed-out": {
    word: "Timed out",
    meaning: "No status came within 15 seconds. The receiver may have it; it comes again under the same id.",
    tone: "unclear",
    Icon: Hourglass,
  },
  unreachable: {
    word: "Not reached",
    meaning: "No connection, or it broke before a status came.",
    tone: "failed",
    Icon: Unplug,
  },
  "refused-address": {
    word: "Not sent",
    meaning: "The host’s name leads to an address that is not on the public internet, so nothing was sent.",
    tone: "failed",
    Icon: OctagonX,
  },
};

/** An outcome without a word of its own is shown as it is. */
export function outcomeWord(outcome: string): OutcomeWord {
  const known = Object.hasOwn(outcomes, outcome) ? outcomes[outcome as AttemptOutcome] : null;
  return known ?? { word: outcome, meaning: "", tone: "closed", Icon: CircleQuestionMark };
}
