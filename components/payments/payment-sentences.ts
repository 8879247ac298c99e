import { dayAndTime, relativeTime } from "@/components/ui/time-format";
import type { PaymentRefund } from "@/db/queries/payment-page";
import type { PaymentRequest } from "@/db/queries/refund-requests";
import { formatMoney } from "@/lib/domain/money";
import { findWay } from "@/lib/domain/way-codes";
import { isReleased, openRefundOf, type PaymentFacts } from "./payment-facts";

/** What goes back of a payment, or may: its refunds, and those that somebody asked for. */
type GoingBack = {
  refunds: readonly PaymentRefund[];
  requests: readonly Pick<PaymentRequest, "state" | "amount" | "currency">[];
};

/** Where the payment stands, in one or two sentences, for the person who works with it. */
export function meaningOf(payment: PaymentFacts, back: GoingBack, now: Date): string {
  const sum = formatMoney(payment.amount, payment.currency);
  switch (payment.state) {
    case "prepared":
      return `Stored here and on its way to the gateway. ${sum} has not been asked of anybody yet.`;
    case "unclear":
      return `We do not know yet whether the gateway made an order of ${sum}. Do not create it a second time: we keep asking.`;
    case "refused":
      return "The gateway made no order of it. No money moved, and nothing is open.";
    case "created":
      return `The gateway knows the order. The payer has not been asked for ${sum} yet.`;
    case "waiting":
      if (payment.expiresAt > now) return `The payer can pay ${sum} now.`;
      return payment.nextAskAt
        ? "The time to pay is over. The gateway has not said yet how it ended, and is asked again."
        : "The time to pay is over, and the gateway never said how it ended. Ask it, or close the order.";
    case "declined":
      return "The channel said no. No money moved; a new try needs a new order.";
    case "held":
      return heldSentence(payment, now);
    case "cancelled":
      if (isReleased(payment))
        return `The hold is over. Nothing of the ${sum} was taken, and the payer has it free again.`;
      return `The whole payment was undone on the same day. ${sum} goes back to the payer.`;
    case "refunded":
      return `${paidSentence(payment, now)} All of it has gone back to the payer.`;
    case "closed":
      return payment.closeAskedAt
        ? "Closed by us before anyone paid. No money moved."
        : "Nobody paid in time. No money moved.";
    case "paid":
      return [paidSentence(payment, now), ...takenOf(payment), ...moneyBack(payment, back)].join(" ");
  }
}

function heldSentence({ heldAt, amount, currency }: PaymentFacts, now: Date): string {
  const since = heldAt ? ` since ${momentOf(heldAt, now).replace(/^(at|on) /, "")}` : "";
  return `${formatMoney(amount, currency)} is held${since}. It is not paid: complete the hold to take the money, or release it.`;
}

/** Of a hold that was completed: how much of it. */
function takenOf({ heldAmount, amount, currency }: PaymentFacts): string[] {
  if (heldAmount === null) return [];
  if (heldAmount === amount) return ["It had been held first, and all of it was taken."];
  return [
    `It had been held first: of ${formatMoney(heldAmount, currency)} only ${formatMoney(amount, currency)} was taken.`,
  ];
}

function paidSentence({ wayCode, paidAt }: PaymentFacts, now: Date): string {
  const wallet = findWay(wayCode)?.wallet;
  const how = wallet && wallet !== "Any wallet" ? ` with ${wallet.split(",")[0]}` : "";
  return paidAt ? `Paid${how} ${momentOf(paidAt, now)}.` : `Paid${how}.`;
}

function moneyBack(payment: PaymentFacts, { refunds, requests }: GoingBack): string[] {
  const { refundedAmount, currency, hasOpenCancel } = payment;
  const open = openRefundOf(refunds);
  const gone = refundedAmount > 0 ? [`${formatMoney(refundedAmount, currency)} has gone back to the payer.`] : [];
  if (hasOpenCancel) return [...gone, "A cancel is under way, and its result is not known yet."];
  if (!open) return [...gone, ...(askedFor(requests) ?? ["Nothing is open."])];
  const sum = formatMoney(open.amount, open.currency);
  if (open.state === "prepared") return [...gone, `${sum} more is prepared to go back, and nothing of it is sent yet.`];
  if (open.state === "pending") return [...gone, `${sum} more is being refunded by the gateway.`];
  return [...gone, `We do not know yet whether ${sum} more went back.`];
}

/** Refunds that wait for a second person; null when none does. All of a payment have its currency. */
function askedFor(requests: GoingBack["requests"]): string[] | null {
  const open = requests.filter(({ state }) => state === "open");
  const [first] = open;
  if (!first) return null;
  const sum = formatMoney(
    open.reduce((total, { amount }) => total + amount, 0),
    first.currency,
  );
  const waits = open.length === 1 ? "waits" : `in ${open.length} requests wait`;
  return [`${sum} to be refunded ${waits} for a second person, and nothing of it is sent.`];
}

/** `at 11:42:09 today`, or `on 18 Nov 19:50:26`. */
function momentOf(at: Date, now: Date): string {
  const isNear = relativeTime(at, now) !== null;
  const text = dayAndTime(at, now);
  const isToday = text.slice(0, -9) === dayAndTime(now, now).slice(0, -9);
  return isNear && isToday ? `at ${text.slice(-8)} today` : `on ${text}`;
}

/** What happens next without anybody doing anything. `at` stands after the text. */
export function nextOf(
  payment: PaymentFacts,
  refunds: readonly PaymentRefund[],
): { text: string; at: Date; after: string } | null {
  const refund = openRefundOf(refunds);
  if (refund?.state === "prepared") return null;
  if (refund?.nextAskAt) {
    return { text: "Next: the gateway is asked about the refund", at: refund.nextAskAt, after: "" };
  }
  if (!payment.nextAskAt) return null;
  const after =
    payment.state === "unclear" ? "Until it answers, the order stays unclear." : "No one has to do anything.";
  return { text: "Next: the gateway is asked", at: payment.nextAskAt, after };
}

type AttentionFacts = Pick<PaymentFacts, "attention" | "amount" | "currency" | "closeAskedAt">;

/** What a person must look at, as a title and what it means for the money. */
export function attentionOf({
  attention,
  amount,
  currency,
  closeAskedAt,
}: AttentionFacts): { title: string; text: string } | null {
  const sum = formatMoney(amount, currency);
  switch (attention) {
    case null:
      return null;
    case "paid-after-close":
      return {
        title: `${sum} was paid after the order had ${closeAskedAt ? "been closed" : "expired"}.`,
        text: "It is real money: deliver, or give it back. The gateway may refuse a refund of a closed order; then its support needs the numbers on this page.",
      };
    case "paid-after-decline":
      return {
        title: `${sum} was paid after the channel had said no.`,
        text: "It is real money: deliver, or give it back. Look whether the customer paid a second order too.",
      };
    case "refunded-elsewhere":
      return {
        title: "Money of this payment went back outside this console.",
        text: "Somebody refunded at the gateway’s own side, or another system did. It counts in the sums below. Find out who it was before you refund more.",
      };
    case "completed-elsewhere":
      return {
        title: "The hold was completed outside this console, or with another sum.",
        text: "Somebody took the money at the gateway’s own side, or another system did. Compare the sum with the gateway before you deliver or refund.",
      };
    case "contradiction":
      return {
        title: "The gateway says two things that cannot both be true.",
        text: "What was proven first stands here. Look at the conflict in the timeline, and ask the gateway’s support with the numbers on this page.",
      };
    case "wrong-content":
      return {
        title: "A genuine message about this order carries numbers that are not this order’s.",
        text: "It was kept and not believed. Compare sum and numbers in the timeline before anything is delivered.",
      };
    default:
      return { title: "Somebody should look at this payment.", text: attention };
  }
}
