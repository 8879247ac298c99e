import type { PlanDetails, PlanSum } from "@/db/queries/refund-plan-page";

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

/** How many lines each verdict or end has, the largest first. */
export function countLines(sums: readonly PlanSum[]): { settled: number; waiting: number; all: number } {
  const all = sums.reduce((total, { lines }) => total + lines, 0);
  const waiting = sums.filter(({ state }) => state === "waiting").reduce((total, { lines }) => total + lines, 0);
  return { all, waiting, settled: all - waiting };
}
