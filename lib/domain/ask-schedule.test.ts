import { expect, test } from "vitest";
import { nextPaymentAsk, nextRefundAsk } from "./ask-schedule";
import { PaymentState } from "./payment-state";

const start = Date.parse("2026-11-19T03:00:00Z");
const expiresAt = new Date(start + 2 * 3_600_000);

/** The times, in minutes after creation, at which an order that stays open is asked about. */
function questions(state: PaymentState, jitter: number): number[] {
  const times: number[] = [];
  let now = start + 5_000;
  for (let askCount = 0; askCount < 100; askCount++) {
    times.push((now - start) / 60_000);
    const next = nextPaymentAsk({ state, expiresAt, askCount }, new Date(now), jitter);
    if (next === "never") return times;
    now += next;
  }
  throw new Error("asks without end");
}

test.each([0, 0.5, 1])(
  "an order nobody pays is asked about soon, then less and less, and not for ever (jitter %d)",
  (jitter) => {
    const times = questions("waiting", jitter);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    const beforeExpiry = times.filter((time) => time < 120);
    expect(gaps[0]).toBeLessThan(0.2);
    expect(beforeExpiry.length).toBeLessThanOrEqual(12);
    expect(times.filter((time) => time > 120)).toHaveLength(3);
  },
);

test("an order that ended is not asked about any more", () => {
  for (const state of PaymentState.options.filter(
    (each) => !["prepared", "unclear", "created", "waiting"].includes(each),
  )) {
    expect(nextPaymentAsk({ state, expiresAt, askCount: 0 }, new Date(start), 0.5)).toBe("never");
  }
});

test("a refund is asked about until its end is certain", () => {
  expect(nextRefundAsk({ state: "unclear", askCount: 0 }, 0.5)).toBe(3_000);
  expect(nextRefundAsk({ state: "pending", askCount: 50 }, 1)).toBeLessThan(7 * 3_600_000);
  expect(nextRefundAsk({ state: "succeeded", askCount: 0 }, 0.5)).toBe("never");
  expect(nextRefundAsk({ state: "failed", askCount: 0 }, 0.5)).toBe("never");
});
