/** One time at which the gateway should have called, against what came. */
export type Try = {
  number: number;
  dueAt: Date;
  /** `not-needed`: an earlier one was answered success. `due`: still to come, or under way. */
  state: "arrived" | "missing" | "due" | "not-needed";
  arrivedAt: Date | null;
};

/** A kept message: when it came, every time, and whether it was answered success. */
export type Arrival = { times: readonly Date[]; isAccepted: boolean };

/** Seconds after the event. Source: gateway-protocol 6.6 (six tries; 30, 60, 90, 120 and 150 s after each failure). */
export const tryOffsetsSeconds = [0, 30, 90, 180, 300, 450] as const;

/** The gateway waits so long for an answer. Source: gateway-protocol 6.2. */
export const answerSeconds = 20;

/** Clocks differ, and each failed try may push the next ones back by the time it waited. */
const earlyMs = 2_000;

/**
 * Lays what arrived on the gateway's own schedule.
 *
 * @param eventAt  when the payment was paid or the refund ended, by the gateway's clock
 * @returns        `outside`: arrivals after the last try, which somebody at the gateway must have sent by hand
 */
export function matchTries(eventAt: Date, arrivals: readonly Arrival[], now: Date): { tries: Try[]; outside: Date[] } {
  const times = arrivals
    .flatMap((arrival) => arrival.times.map((at) => at.getTime()))
    .sort((one, other) => one - other);
  const start = Math.min(eventAt.getTime(), ...times);
  const accepted = arrivals.filter(({ isAccepted }) => isAccepted).flatMap((arrival) => arrival.times);
  const acceptedAt = Math.min(...accepted.map((at) => at.getTime()));
  const ends = tryOffsetsSeconds.map((_, index) => start + endOf(index) - earlyMs);
  const tries = tryOffsetsSeconds.map((seconds, index): Try => {
    const dueMs = start + seconds * 1_000;
    const common = { number: index + 1, dueAt: new Date(dueMs) };
    const arrived = times.find((at) => at < (ends[index] ?? 0) && at >= (ends[index - 1] ?? 0));
    if (arrived !== undefined) return { ...common, state: "arrived", arrivedAt: new Date(arrived) };
    if (acceptedAt <= dueMs) return { ...common, state: "not-needed", arrivedAt: null };
    return { ...common, state: now.getTime() < dueMs + answerSeconds * 1_000 ? "due" : "missing", arrivedAt: null };
  });
  const outside = times.filter((at) => at >= (ends.at(-1) ?? 0)).map((at) => new Date(at));
  return { tries, outside };
}

/** When what arrives belongs to the next try. The last one has as long as the slowest ladder takes. */
function endOf(index: number): number {
  const next = tryOffsetsSeconds[index + 1];
  return (next ?? 450 + tryOffsetsSeconds.length * answerSeconds) * 1_000;
}
