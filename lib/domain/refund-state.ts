import { z } from "zod";

/**
 * Where a refund stands. Only the gateway's signed word moves one to `succeeded` or `failed`. `stopped` was taken back
 * by a person before anything was sent.
 */
export const RefundState = z.enum(["prepared", "sent", "unclear", "pending", "succeeded", "failed", "stopped"]);
export type RefundState = z.infer<typeof RefundState>;

/**
 * The state a gateway's number stands for (gateway-protocol 5.2), or `null` for an unknown number.
 * 0 and 1 are both under way. 4 means the gateway gave up after two hours: final there, so it is `failed` here.
 */
export function refundStateOf(gatewayState: number): RefundState | null {
  const byNumber = ["pending", "pending", "succeeded", "failed", "failed"] as const;
  return byNumber[gatewayState] ?? null;
}

const forward: Record<RefundState, readonly RefundState[]> = {
  prepared: ["sent", "unclear", "pending", "succeeded", "failed"],
  sent: ["unclear", "pending", "succeeded", "failed"],
  unclear: ["pending", "succeeded", "failed"],
  pending: ["succeeded", "failed"],
  succeeded: [],
  // The channel may still have paid out a refund that the gateway had given up: money that moved is a fact.
  failed: ["succeeded"],
  stopped: [],
};

export function refundStatesBefore(to: RefundState): RefundState[] {
  return RefundState.options.filter((from) => forward[from].includes(to));
}

export function judgeRefundNews(from: RefundState, to: RefundState): "forward" | "same" | "older" | "contradiction" {
  if (from === to) return "same";
  if (forward[from].includes(to)) return "forward";
  // Nothing was sent, so nobody can know anything of it.
  if (to === "failed" || from === "stopped") return "contradiction";
  return "older";
}

/** States whose money is still spoken for: another refund of the payment must wait. */
export const openRefundStates: readonly RefundState[] = ["prepared", "sent", "unclear", "pending"];

/** States of which the gateway takes one at a time for a payment: what comes after waits as `prepared`. */
export const inFlightRefundStates: readonly RefundState[] = ["sent", "unclear", "pending"];
