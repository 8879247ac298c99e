import type { PlanDetails, PlanSum } from "@/db/queries/refund-plan-page";
import { formatMoney } from "@/lib/domain/money";

/** A plan in one currency, in minor units. */
export type CurrencySums = {
  currency: string;
  /** Still to come, as rehearsed. */
  willRefund: number;
  willAsk: number;
  /** Seem a slip of units, and nobody has said that they are meant. */
  slips: number;
  succeeded: number;
  /** Stored, sent, pending or unclear. */
  underWay: number;
  /** Failed at the gateway or stopped by a person after they were counted. */
  notMade: number;
  asked: number;
  budget: number | null;
  spent: number;
};

/** What a plan gives back and gave back, by currency. */
export function currencySums(sums: readonly PlanSum[], budgets: PlanDetails["budgets"]): CurrencySums[] {
  const currencies = [...new Set(sums.flatMap(({ currency }) => currency ?? []))].toSorted();
  return currencies.map((currency) => {
    const total = (isMeant: (sum: PlanSum) => boolean) =>
      sums.filter((sum) => sum.currency === currency && isMeant(sum)).reduce((all, { amount }) => all + amount, 0);
    const made = (states: readonly string[]) =>
      total(({ state, refundState }) => state === "made" && refundState !== null && states.includes(refundState));
    const waiting = (isMeant: (sum: PlanSum) => boolean) => total((sum) => sum.state === "waiting" && isMeant(sum));
    const budget = budgets.find((one) => one.currency === currency);
    return {
      currency,
      willRefund: waiting(
        ({ verdict, isConfirmed }) => verdict === "refund" || (verdict === "slip-of-units" && isConfirmed),
      ),
      willAsk: waiting(({ verdict }) => verdict === "needs-approval"),
      slips: waiting(({ verdict, isConfirmed }) => verdict === "slip-of-units" && !isConfirmed),
      succeeded: made(["succeeded"]),
      underWay: made(["prepared", "sent", "pending", "unclear"]),
      notMade: made(["failed", "stopped"]),
      asked: total(({ state }) => state === "requested"),
      budget: budget?.budget ?? null,
      spent: budget?.spent ?? 0,
    };
  });
}

/** What the form that runs a plan proposes for one currency, in minor units. */
export type RunBudget = {
  currency: string;
  /** What waits and will run as it stands. */
  toCome: number;
  spent: number;
  proposed: number;
};

/**
 * The currencies in which anything can run. Where every sum seems a slip of units, the budget covers them all: only
 * those that a person ticks are refunded, and a budget of nothing could not be run with.
 */
export function runBudgets(sums: readonly CurrencySums[]): RunBudget[] {
  return sums
    .filter(({ willRefund, willAsk, slips }) => willRefund + willAsk + slips > 0)
    .map(({ currency, willRefund, willAsk, slips, spent, budget }) => {
      const toCome = willRefund + willAsk;
      return { currency, toCome, spent, proposed: budget ?? (toCome === 0 ? slips : toCome) };
    });
}

/** `HK$ 120.00 and USD 5.00`: what runs without another look, in every currency; empty when nothing does. */
export function sumsToCome(budgets: readonly RunBudget[]): string {
  const sums = budgets.flatMap(({ currency, toCome }) => (toCome > 0 ? formatMoney(toCome, currency) : []));
  return [sums.slice(0, -1).join(", "), sums.at(-1) ?? ""].filter((part) => part !== "").join(" and ");
}

/** How many lines each verdict or end has, the largest first. */
export function countLines(sums: readonly PlanSum[]): { settled: number; waiting: number; all: number } {
  const all = sums.reduce((total, { lines }) => total + lines, 0);
  const waiting = sums.filter(({ state }) => state === "waiting").reduce((total, { lines }) => total + lines, 0);
  return { all, waiting, settled: all - waiting };
}
