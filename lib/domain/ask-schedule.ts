import { isEnd, type PaymentState } from "./payment-state";
import type { RefundState } from "./refund-state";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

// The gateway's own expiry job runs once a minute; then a late report may come, and the channel's last word.
const afterExpiry = [75 * second, 15 * minute, 2 * hour];

/**
 * When to ask the gateway about a payment again, in milliseconds from now: soon after it was made, then less and less
 * often until it expires, and a few times after. `never` when nothing more can be learned by waiting.
 *
 * @param askCount  questions asked so far
 * @param jitter    0 to 1, so that many payments made together are not asked about together
 */
export function nextPaymentAsk(
  { state, expiresAt, askCount }: { state: PaymentState; expiresAt: Date; askCount: number },
  now: Date,
  jitter: number,
): number | "never" {
  if (isEnd(state)) return "never";
  const untilExpiry = expiresAt.getTime() - now.getTime();
  if (untilExpiry > 0) {
    const growing = Math.min(5 * second * 2 ** Math.min(askCount, 12), hour);
    return Math.min(spread(growing, jitter), untilExpiry + (afterExpiry[0] ?? 0));
  }
  const next = afterExpiry.find((delay) => delay > -untilExpiry + second);
  return next === undefined ? "never" : next + untilExpiry;
}

/** When to ask about a refund again, in milliseconds from now. There is no expiry: money is asked about to certainty. */
export function nextRefundAsk(
  { state, askCount }: { state: RefundState; askCount: number },
  jitter: number,
): number | "never" {
  if (state === "succeeded" || state === "failed") return "never";
  return spread(Math.min(3 * second * 2 ** Math.min(askCount, 14), 6 * hour), jitter);
}

function spread(delay: number, jitter: number): number {
  return Math.round(delay * (0.9 + 0.2 * jitter));
}
