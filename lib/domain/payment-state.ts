import { z } from "zod";

/**
 * Where a payment stands.
 *
 * `prepared` and `unclear` and `refused` are ours: stored but not answered, sent without a usable answer,
 * and refused before the gateway made an order of it. `held` is the gateway's 2 for an order that only holds money
 * (lib/domain/holds). The other seven are the gateway's states 0 to 6.
 */
export const PaymentState = z.enum([
  "prepared",
  "unclear",
  "refused",
  "created",
  "waiting",
  "held",
  "paid",
  "declined",
  "cancelled",
  "refunded",
  "closed",
]);
export type PaymentState = z.infer<typeof PaymentState>;

// gateway-protocol 5.1
const byGatewayNumber = ["created", "waiting", "paid", "declined", "cancelled", "refunded", "closed"] as const;

/** The state a gateway's number stands for, or `null` for a number nobody has told us about: show it, never guess. */
export function paymentStateOf(gatewayState: number): PaymentState | null {
  return byGatewayNumber[gatewayState] ?? null;
}

const afterSending: readonly PaymentState[] = [
  "created",
  "waiting",
  "held",
  "paid",
  "declined",
  "cancelled",
  "refunded",
  "closed",
];

const forward: Record<PaymentState, readonly PaymentState[]> = {
  prepared: ["unclear", "refused", ...afterSending],
  unclear: ["refused", ...afterSending],
  // A refusal is the gateway's word about one request. If the order turns up after all, the order wins.
  refused: afterSending,
  created: ["waiting", "held", "paid", "declined", "cancelled", "refunded", "closed"],
  waiting: ["held", "paid", "declined", "cancelled", "refunded", "closed"],
  // Completed, or given free by us, by the gateway's own side or by time.
  held: ["paid", "cancelled"],
  paid: ["cancelled", "refunded"],
  declined: ["held", "paid", "cancelled", "refunded"],
  cancelled: [],
  refunded: [],
  closed: ["held", "paid", "cancelled", "refunded"],
};

/** The states from which a payment may move to the given one. */
export function paymentStatesBefore(to: PaymentState): PaymentState[] {
  return PaymentState.options.filter((from) => forward[from].includes(to));
}

/**
 * How news relates to what we know: `forward` moves the payment, `same` and `older` change nothing,
 * `contradiction` cannot be squared with what was proven before and must be shown to a person.
 */
export function judgePaymentNews(from: PaymentState, to: PaymentState): "forward" | "same" | "older" | "contradiction" {
  if (from === to) return "same";
  if (forward[from].includes(to)) return "forward";
  if (forward[to].includes(from) && !(isEnd(to) && to !== "paid" && to !== "held")) return "older";
  return "contradiction";
}

/** No question to the gateway is due any more, as far as this state alone tells. */
export function isEnd(state: PaymentState): boolean {
  return ["held", "paid", "declined", "cancelled", "refunded", "closed", "refused"].includes(state);
}

/** States in which the payer may still pay or the outcome is not known. */
export const openPaymentStates: readonly PaymentState[] = ["prepared", "unclear", "created", "waiting"];
