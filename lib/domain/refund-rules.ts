import type { Role } from "./roles";

/** How refunds of an environment are handled. Sums in minor units. */
export type RefundRules = {
  /** How long a refund can be stopped before it is sent. 0: it is sent at once. */
  holdSeconds: number;
  limits: readonly RefundLimit[];
};

/** Up to which sum a role refunds alone, in one currency. `null`: without a limit. */
export type RefundLimit = { role: Role; currency: string; perRefund: number | null; perDay: number | null };

export const defaultHoldSeconds = 10;
export const longestHoldSeconds = 300;

/** The limit of a role in a currency. */
export function limitOf(rules: RefundRules, role: Role, currency: string): RefundLimit {
  const found = rules.limits.find((limit) => limit.role === role && limit.currency === currency);
  return found ?? { role, currency, perRefund: null, perDay: null };
}

/** Why a refund of this sum needs a second person, or null when its maker may make it alone. Sums in minor units. */
export function limitReached(limit: RefundLimit, spentToday: number, amount: number): "per-refund" | "per-day" | null {
  if (limit.perRefund !== null && amount > limit.perRefund) return "per-refund";
  if (limit.perDay !== null && spentToday + amount > limit.perDay) return "per-day";
  return null;
}
