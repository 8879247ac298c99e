import type { PaymentPage, PaymentRefund } from "@/db/queries/payment-page";
import { openRefundStates, type RefundState } from "@/lib/domain/refund-state";

/** What the sentences, labels and acts of a payment depend on. Sums in minor units. */
export type PaymentFacts = Pick<
  PaymentPage,
  | "state"
  | "amount"
  | "currency"
  | "wayCode"
  | "refundedAmount"
  | "reservedAmount"
  | "attention"
  | "provenBy"
  | "errCode"
  | "errMsg"
  | "paidAt"
  | "expiresAt"
  | "closeAskedAt"
  | "nextAskAt"
  | "askCount"
  | "createdAt"
  | "hasOpenCancel"
>;

/** How a state is said: the words of the label beside what several columns make of it together. */
export function standingOf({
  state,
  refundedAmount,
  closeAskedAt,
  attention,
}: Pick<PaymentFacts, "refundedAmount" | "closeAskedAt" | "attention"> & { state: string }) {
  return {
    state,
    isPartRefunded: refundedAmount > 0,
    isExpired: closeAskedAt === null,
    isPaidAfterClose: attention === "paid-after-close",
  };
}

/** By which way the gateway proved the state. A signed answer that leaves the state open proves none. */
export function proofOf({
  state,
  provenBy,
}: {
  state: string;
  provenBy: PaymentFacts["provenBy"];
}): PaymentFacts["provenBy"] {
  return state === "unclear" ? null : provenBy;
}

/** Whether a refund is on its way, and whether its outcome is in doubt. */
export function openRefundKind(refunds: readonly PaymentRefund[]): "none" | "under-way" | "unclear" {
  if (refunds.some(({ state }) => state === "unclear")) return "unclear";
  return openRefundOf(refunds) ? "under-way" : "none";
}

/** The first refund whose money is still on its way, if any. */
export function openRefundOf(refunds: readonly PaymentRefund[]): PaymentRefund | null {
  return refunds.find(({ state }) => openRefundStates.includes(state as RefundState)) ?? null;
}
