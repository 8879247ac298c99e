"use client";

import { Ledger } from "@/components/money/ledger";
import { Scale, ticksFor } from "@/components/ui/scale";
import { formatAmount, formatMoney } from "@/lib/domain/money";
import { wentBack } from "./payment-facts";
import { useRefundDraft } from "./refund-draft";

type Props = {
  payment: { state: string; amount: number; currency: string; refundedAmount: number; reservedAmount: number };
  /** The form beside is open, so what is typed there is drawn. */
  isRefunding: boolean;
};

/** Paid − refunded − pending = left, and the same on a scale. */
export function PaymentSums({ payment, isRefunding }: Props) {
  const { amount, currency } = payment;
  const draft = useRefundDraft();
  const { gone, pending, how } = backOf(payment);
  const taken = gone + pending;
  const left = amount - taken;
  const typed = isRefunding && draft.amount !== null && draft.amount <= left ? draft.amount : 0;
  const short = (value: number) => formatAmount(value, currency).replace(/\.0+$/, "");
  return (
    <div className="mt-6">
      <Ledger
        currency={currency}
        terms={[
          { label: "Paid", amount },
          { label: how, amount: gone, operator: "−", tone: "refunded" },
          { label: "Pending", amount: pending, operator: "−", tone: "unclear" },
        ]}
        total={{ label: "Left to refund", amount: left }}
      />
      <Scale
        className="mt-5"
        max={amount}
        {...ticksFor(amount)}
        label={[
          `Of ${formatMoney(amount, currency)}:`,
          `${formatAmount(gone, currency)} ${how.toLowerCase()},`,
          `${formatAmount(pending, currency)} pending,`,
          ...(typed > 0 ? [`${formatAmount(typed, currency)} in the form beside,`] : []),
          `${formatAmount(left - typed, currency)} left`,
        ].join(" ")}
        bar={piecesOf([
          { upTo: gone, tone: "refunded" },
          { upTo: taken, tone: "pending" },
          { upTo: taken + typed, tone: "now" },
        ])}
        labels={labelsOf({ amount, taken, typed, short })}
      />
    </div>
  );
}

function backOf(payment: Props["payment"]) {
  const { state, amount, refundedAmount, reservedAmount } = payment;
  if (state === "cancelled") return { gone: amount, pending: 0, how: "Cancelled" };
  const pending = state === "refunded" ? 0 : reservedAmount - refundedAmount;
  return { gone: wentBack(payment), pending, how: "Refunded" };
}

type Piece = { upTo: number; tone: "refunded" | "pending" | "now" };

/** A piece without length would still draw its edges. */
function piecesOf(pieces: Piece[]): Piece[] {
  return pieces.filter(({ upTo }, index) => upTo > (pieces[index - 1]?.upTo ?? 0));
}

type LabelFacts = { amount: number; taken: number; typed: number; short: (value: number) => string };

/** Labels that would be printed over their neighbours are left out; the sentence above the scale has all of them. */
export function labelsOf({ amount, taken, typed, short }: LabelFacts) {
  const now = taken + typed;
  // Wide text, measured on a phone: it reaches a third of the way to both sides.
  const isClear = (at: number, from: number, to: number) => at - from > amount / 8 && to - at > amount / 5;
  const words = `${short(now)} with this refund`;
  const isRoomy = now > amount / 3 && amount - now > amount / 3;
  const edge = isRoomy ? now - amount / 8 : now;
  return [
    { at: 0, text: "0" },
    ...(taken > 0 && isClear(taken, 0, typed > 0 ? edge : amount) ? [{ at: taken, text: short(taken) }] : []),
    ...(typed > 0 && isClear(now, 0, amount) ? [{ at: now, text: isRoomy ? words : short(now) }] : []),
    { at: amount, text: short(amount) },
  ];
}
