import { z } from "zod";

/** The changes that other systems can hear of, in the order in which they are offered. */
export const EventType = z.enum([
  "payment.held",
  "payment.paid",
  "payment.declined",
  "payment.closed",
  "payment.cancelled",
  "payment.refunded",
  "payment.attention",
  "refund.pending",
  "refund.unclear",
  "refund.succeeded",
  "refund.failed",
  "refund.attention",
  "alert.opened",
  "alert.closed",
]);
export type EventType = z.infer<typeof EventType>;

/** What a person sends to see whether an endpoint hears us. Nobody subscribes to it. */
export const testEventType = "ping";

/** `given-up`: after the last attempt, or because the endpoint was taken out of use. */
export const DeliveryState = z.enum(["due", "delivered", "given-up"]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/**
 * How one attempt ended. Only a status from 200 to 299 is a delivery. `refused-address`: the host stands for an address
 * we do not send to, and nothing was sent. `gone`: the receiver asked us to stop.
 */
export const AttemptOutcome = z.enum([
  "delivered",
  "redirected",
  "http-error",
  "gone",
  "timed-out",
  "unreachable",
  "refused-address",
]);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

/** The attempts of one round, the first one among them. */
export const mostAttempts = 8;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
// The plan of Svix, which receivers know: five seconds for a restart, then longer, about 28 hours in all.
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];

/** Deliveries that are not due any more are kept this long, with their attempts. */
export const deliveriesKeptDays = 30;

/**
 * How long to wait after so many attempts of a round that failed, or `null` when it was the last one.
 *
 * @param chance  from 0 to 1; it spreads the retries of events that failed together over a tenth of the pause
 */
export function pauseAfterAttempts(attempts: number, chance: number): number | null {
  const pause = pauses[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (1 + chance / 10));
}

/**
 * The pause that a receiver asked for, where it is longer than ours. Nobody gets a longer one than the plan's longest:
 * an event that is kept waiting for ever is lost.
 *
 * @param askedMs  by its `Retry-After`; null when it said nothing
 */
export function pauseAsAsked(plannedMs: number | null, askedMs: number | null): number | null {
  if (plannedMs === null || askedMs === null) return plannedMs;
  return Math.max(plannedMs, Math.min(askedMs, Math.max(...pauses)));
}
