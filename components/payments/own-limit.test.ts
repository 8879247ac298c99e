import { expect, test } from "vitest";
import { limitReached } from "@/lib/domain/refund-rules";
import { ownLimitSentence } from "./own-limit";

const limit = { role: "operator", currency: "HKD", perRefund: 200_000, perDay: 1_000_000 } as const;

function said(change: object, spentToday = 155_000): string {
  const own = { limit: { ...limit, ...change }, spentToday, holdSeconds: 10 };
  return ownLimitSentence(own, "HKD").replaceAll("\u00A0", " ");
}

test("the own limit is said with what is left of the day", () => {
  expect(said({})).toBe("Your limit: HK$ 2,000.00 each, 8,450.00 left today. Above it a second person is asked.");
  expect(said({ perRefund: null })).toContain("Your limit: HK$ 8,450.00 left today.");
  expect(said({ perDay: null })).toContain("Your limit: HK$ 2,000.00 each. Above it");
  expect(said({}, 2_000_000)).toContain("0.00 left today");
  expect(said({ perRefund: null, perDay: null })).toBe("No limit is set for the role operator in HKD.");
});

test("a limit is reached by one refund or by the day's sum, and by neither when none is set", () => {
  expect(limitReached(limit, 0, 200_000)).toBeNull();
  expect(limitReached(limit, 0, 200_001)).toBe("per-refund");
  expect(limitReached(limit, 900_000, 100_000)).toBeNull();
  expect(limitReached(limit, 900_000, 100_001)).toBe("per-day");
  expect(limitReached({ ...limit, perRefund: null, perDay: null }, 900_000, 90_000_000)).toBeNull();
  expect(limitReached({ ...limit, perRefund: 0 }, 0, 1)).toBe("per-refund");
});
