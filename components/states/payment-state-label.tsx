import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleQuestionMark,
  CircleX,
  Contrast,
  Hourglass,
  Lock,
  LockOpen,
  OctagonX,
  TimerOff,
  Undo2,
} from "lucide-react";
import type { ReactNode } from "react";
import { StateLabel } from "@/components/ui/state-label";
import { PaymentState } from "@/lib/domain/payment-state";
import type { StateWord } from "./word";

export type PaymentStanding = {
  /** One of ours, or whatever the gateway sent: shown as it came. */
  state: string;
  isPartRefunded?: boolean | undefined;
  /** Closed because nobody paid in time, not because somebody closed it. */
  isExpired?: boolean | undefined;
  isPaidAfterClose?: boolean | undefined;
  /** It held money, and nothing of it was taken. */
  isReleased?: boolean | undefined;
};

const words: Record<PaymentState, StateWord> = {
  prepared: { word: "Prepared", tone: "closed", Icon: CircleDashed, meaning: "Stored here, not sent yet" },
  unclear: {
    word: "Unclear",
    tone: "unclear",
    Icon: CircleQuestionMark,
    meaning: "Sent, no proof either way; we keep asking",
  },
  refused: {
    word: "Refused",
    tone: "failed",
    Icon: OctagonX,
    meaning: "The gateway made no order of it; no money moved",
  },
  created: {
    word: "Created",
    tone: "closed",
    Icon: CircleDashed,
    meaning: "Known there, nothing asked of the payer yet",
  },
  waiting: { word: "Waiting for payer", tone: "wait", Icon: Hourglass, meaning: "The payer can pay now" },
  held: { word: "Held", tone: "wait", Icon: Lock, meaning: "Set aside at the payer’s side; nothing is paid" },
  paid: { word: "Paid", tone: "paid", Icon: CircleCheck, meaning: "The gateway proved it" },
  declined: {
    word: "Declined",
    tone: "failed",
    Icon: CircleX,
    meaning: "The channel said no; a new try needs a new number",
  },
  cancelled: { word: "Cancelled", tone: "closed", Icon: Ban, meaning: "Reversed on the same day" },
  refunded: { word: "Refunded", tone: "refunded", Icon: Undo2, meaning: "All of it went back" },
  closed: { word: "Closed", tone: "closed", Icon: CircleMinus, meaning: "Given up by us before anyone paid" },
};

const released: StateWord = {
  word: "Released",
  tone: "closed",
  Icon: LockOpen,
  meaning: "The hold ended; nothing was paid",
};
const partRefunded: StateWord = {
  word: "Part refunded",
  tone: "refunded",
  Icon: Contrast,
  meaning: "Paid; a part went back",
};
const expired: StateWord = { word: "Expired", tone: "closed", Icon: TimerOff, meaning: "Nobody paid in time" };
const paidAfterClose: StateWord = {
  word: "Paid after close",
  tone: "unclear",
  Icon: CircleAlert,
  meaning: "Real money on an order already closed",
};

export function paymentStateWord(standing: PaymentStanding): StateWord {
  const { state, isPartRefunded, isExpired, isPaidAfterClose, isReleased } = standing;
  if (state === "cancelled" && isReleased) return released;
  if (state === "paid" && isPaidAfterClose) return paidAfterClose;
  if (state === "paid" && isPartRefunded) return partRefunded;
  if (state === "closed" && isExpired) return expired;
  const known = PaymentState.safeParse(state);
  if (known.success) return words[known.data];
  return { word: state, tone: "closed", Icon: CircleDashed, meaning: "The gateway's own word; we do not know it" };
}

type Props = PaymentStanding & { note?: ReactNode; size?: "inline" | "heading" | undefined };

export function PaymentStateLabel({ note, size, ...standing }: Props) {
  const { word, tone, Icon } = paymentStateWord(standing);
  return (
    <StateLabel tone={tone} icon={<Icon />} note={note} size={size}>
      {word}
    </StateLabel>
  );
}
