"use client";

import { Ledger } from "@/components/money/ledger";
import { Scale, ticksFor } from "@/components/ui/scale";
import { formatAmount, formatMoney } from "@/lib/domain/money";
import { useRefundDraft } from "./refund-draft";

type Props = {
  payment: { amount: number; currency: string; refundedAmount: number; reservedAmount: number };
  /** The form beside is open, so what is typed there is drawn. */
  isRefunding: boolean;
};

/** Paid − refunded − pending = left, and the same on a scale. */
export function PaymentSums({ payment, isRefunding }: Props) {
  const { amount, currency, refundedAmount, reservedAmount } = payment;
  const draft = useRefundDraft();
  const pending = reservedAmount - refundedAmount;
  const left = amount - reservedAmount;
  const typed = isRefunding && draft.amount !== null && draft.amount <= left ? draft.amount : 0;
  const short = (value: number) => formatAmount(value, currency).replace(/\.0+$/, "");
  return (
    <div className="mt-6">
      <Ledger
        currency={currency}
        terms={[
          { label: "Paid", amount },
          { label: "Refunded", amount: refundedAmount, operator: "−", tone: "refunded" },
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
          `${formatAmount(refundedAmount, currency)} refunded,`,
          `${formatAmount(pending, currency)} pending,`,
          ...(typed > 0 ? [`${formatAmount(typed, currency)} in the form beside,`] : []),
          `${formatAmount(left - typed, currency)} left`,
        ].join(" ")}
        bar={piecesOf([
          { upTo: refundedAmount, tone: "refunded" },
          { upTo: reservedAmount, tone: "pending" },
          { upTo: reservedAmount + typed, tone: "now" },
        ])}
        labels={labelsOf({ amount, reservedAmount, typed, short })}
      />
    </div>
  );
}

type Piece = { upTo: number; tone: "refunded" | "pending" | "now" };

/** A piece without length would still draw its edges. */
function piecesOf(pieces: Piece[]): Piece[] {
  return pieces.filter(({ upTo }, index) => upTo > (pieces[index - 1]?.upTo ?? 0));
}

type LabelFacts = { amount: number; reservedAmount: number; typed: number; short: (value: number) => string };

/** Labels that would be printed over their neighbours are left out; the sentence above the scale has all of them. */
function labelsOf({ amount, reservedAmount, typed, short }: LabelFacts) {
  const now = reservedAmount + typed;
  const isClear = (at: number, from: number, to: number) => at - from > amount / 8 && to - at > amount / 5;
  return [
    { at: 0, text: "0" },
    ...(reservedAmount > 0 && isClear(reservedAmount, 0, typed > 0 ? now : amount)
      ? [{ at: reservedAmount, text: short(reservedAmount) }]
      : []),
    ...(typed > 0 && isClear(now, 0, amount) ? [{ at: now, text: `${short(now)} with this refund` }] : []),
    { at: amount, text: short(amount) },
  ];
}
