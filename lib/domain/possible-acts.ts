import type { PaymentState } from "./payment-state";

/** What the possible acts of a payment depend on. Sums in minor units. */
export type ActingPayment = {
  state: PaymentState;
  amount: number;
  refundedAmount: number;
  reservedAmount: number;
  paidAt: Date | null;
  /** What was asked to be held; null for what is no hold. */
  heldAmount: number | null;
  /** Whether a refund is on its way, and whether its outcome is in doubt. */
  openRefund: "none" | "under-way" | "unclear";
  hasOpenCancel: boolean;
};

export type Possibility = { isPossible: true } | { isPossible: false; why: string };

export type PossibleActs = { refund: Possibility; cancel: Possibility; close: Possibility; ask: Possibility };

/**
 * Which acts fit a payment now, and why the others do not: close is for orders nobody has paid, cancel undoes a whole
 * payment on the gateway's day it was paid (UTC+8), refund gives money back on any day.
 *
 * Source: gateway-protocol 3.4 to 3.6, 8.2 (REQ-18).
 */
export function possibleActs(payment: ActingPayment, now: Date): PossibleActs {
  return { refund: mayRefund(payment), cancel: mayCancel(payment, now), close: mayClose(payment), ask: yes };
}

const yes: Possibility = { isPossible: true };

function no(why: string): Possibility {
  return { isPossible: false, why };
}

function mayRefund(payment: ActingPayment): Possibility {
  if (payment.state !== "paid") return no(notPaid(payment));
  if (payment.hasOpenCancel) return no("Not possible: a cancel is under way, and its result is not known yet");
  if (payment.openRefund === "unclear")
    return no(
      "Not possible yet: it is not known whether another refund happened, and the gateway takes one refund at a time",
    );
  if (payment.reservedAmount >= payment.amount) return no("Not possible: everything has been refunded");
  return yes;
}

function mayCancel(payment: ActingPayment, now: Date): Possibility {
  if (payment.state !== "paid") return no(notPaid(payment));
  if (payment.hasOpenCancel) return no("A cancel is under way, and its result is not known yet");
  if (payment.openRefund !== "none") return no("Not possible: a refund is under way; cancel undoes a whole payment");
  if (payment.reservedAmount > 0) return no("Not possible: a part is already refunded; cancel undoes a whole payment");
  if (!payment.paidAt || gatewayDay(payment.paidAt) !== gatewayDay(now)) {
    return no("Not possible: cancel is for the day of the payment (Hong Kong time); refund instead");
  }
  return yes;
}

function mayClose(payment: ActingPayment): Possibility {
  if (["created", "waiting", "unclear"].includes(payment.state)) return yes;
  if (payment.state === "prepared") return no("Not possible yet: the gateway has not answered");
  if (payment.state === "closed") return no("The order is closed");
  if (payment.state === "paid") return no("Not possible: close is for orders nobody has paid; this one is paid");
  if (payment.state === "held") return no("Not possible: the money is held already; release the hold instead");
  if (["cancelled", "refunded"].includes(payment.state)) return no("Not possible: the order has come to its end");
  return no("Not possible: close is for orders nobody has paid");
}

function notPaid({ state, heldAmount, paidAt }: ActingPayment): string {
  if (state === "refunded") return "Not possible: everything has been refunded";
  if (state === "cancelled" && heldAmount !== null && paidAt === null) {
    return "Not possible: the hold was released, and nothing was taken";
  }
  if (state === "cancelled") return "Not possible: the payment was cancelled, the money is going back";
  if (state === "held") return "Not possible: the money is only held, nothing was paid";
  if (state === "unclear" || state === "prepared") return "Not possible yet: it is not known whether this was paid";
  return "Not possible: nothing was paid";
}

/** The gateway's business day, as `2026-11-19`. Its day begins at midnight in Hong Kong. */
export function gatewayDay(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
