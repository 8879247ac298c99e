import type { PaymentPage, PaymentRefund } from "@/db/queries/payment-page";
import { inFlightRefundStates, openRefundStates, type RefundState } from "@/lib/domain/refund-state";

/** What the sentences, labels and acts of a payment depend on. Sums in minor units. */
export type PaymentFacts = Pick<
  PaymentPage,
  | "state"
  | "amount"
  | "heldAmount"
  | "heldAt"
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
  heldAmount,
  paidAt,
}: Pick<PaymentFacts, "refundedAmount" | "closeAskedAt" | "attention" | "heldAmount" | "paidAt"> & { state: string }) {
  return {
    state,
    isPartRefunded: refundedAmount > 0,
    isExpired: closeAskedAt === null,
    isPaidAfterClose: attention === "paid-after-close",
    isReleased: isReleased({ state, heldAmount, paidAt }),
  };
}

/** What went back, in minor units. The gateway's word that all of it did outranks our sums: others refund too. */
export function wentBack({ state, amount, refundedAmount }: { state: string; amount: number; refundedAmount: number }) {
  return state === "refunded" ? amount : refundedAmount;
}

/** It held money, and nothing of it was taken. */
export function isReleased({
  state,
  heldAmount,
  paidAt,
}: Pick<PaymentFacts, "heldAmount" | "paidAt"> & { state: string }): boolean {
  return state === "cancelled" && heldAmount !== null && paidAt === null;
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

/** The refund whose money is on its way, if any: the one at the gateway before those that wait for it. */
export function openRefundOf(refunds: readonly PaymentRefund[]): PaymentRefund | null {
  return (
    refundInFlight(refunds) ?? refunds.find(({ state }) => openRefundStates.includes(state as RefundState)) ?? null
  );
}

/** The number of the refund that another one of the same payment waits for. */
export function inFrontOf({ id }: Pick<PaymentRefund, "id">, refunds: readonly PaymentRefund[]): string | null {
  const inFlight = refundInFlight(refunds);
  return inFlight && inFlight.id !== id ? inFlight.mchRefundNo : null;
}

/** The refund that the gateway has heard of, if any. */
export function refundInFlight(refunds: readonly PaymentRefund[]): PaymentRefund | null {
  return refunds.find(({ state }) => inFlightRefundStates.includes(state as RefundState)) ?? null;
}
