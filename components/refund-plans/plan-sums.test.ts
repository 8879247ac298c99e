import { expect, test } from "vitest";
import type { PlanSum } from "@/db/queries/refund-plan-page";
import { currencySums, runBudgets, sumsToCome } from "./plan-sums";

const waiting = (change: Partial<PlanSum>): PlanSum => ({
  currency: "HKD",
  state: "waiting",
  verdict: "refund",
  isConfirmed: false,
  refundState: null,
  lines: 1,
  amount: 100,
  ...change,
});

test("a currency whose every sum seems a slip of units can still be run with: its budget covers them", () => {
  const budgets = runBudgets(
    currencySums([waiting({ amount: 500 }), waiting({ currency: "JPY", verdict: "slip-of-units", amount: 58 })], []),
  );
  expect(budgets).toEqual([
    { currency: "HKD", toCome: 500, spent: 0, proposed: 500 },
    { currency: "JPY", toCome: 0, spent: 0, proposed: 58 },
  ]);
});

test("a budget that somebody set is proposed again, and a currency where nothing can run is not asked about", () => {
  const sums = [waiting({ amount: 500 }), waiting({ currency: "USD", verdict: "already-refunded", amount: 9 })];
  const budgets = runBudgets(currencySums(sums, [{ currency: "HKD", budget: 300, spent: 100 }]));
  expect(budgets).toEqual([{ currency: "HKD", toCome: 500, spent: 100, proposed: 300 }]);
});

test("the button names the sum of each currency that runs", () => {
  const budget = (currency: string, toCome: number) => ({ currency, toCome, spent: 0, proposed: 1 });
  expect(sumsToCome([budget("HKD", 12000)])).toBe("HK$\u00a0120.00");
  expect(sumsToCome([budget("HKD", 12000), budget("JPY", 0), budget("USD", 500)])).toBe(
    "HK$\u00a0120.00 and USD\u00a05.00",
  );
  expect(sumsToCome([budget("JPY", 0)])).toBe("");
});
