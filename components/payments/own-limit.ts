import { formatAmount, formatMoney } from "@/lib/domain/money";
import type { RefundLimit } from "@/lib/domain/refund-rules";

/** What somebody may refund alone. Sums in minor units. */
export type OwnLimit = { limit: RefundLimit; spentToday: number; holdSeconds: number };

/** `Your limit: HK$ 2,000.00 each, 8,450.00 left today. Above it a second person is asked.` */
export function ownLimitSentence(
  { limit: { role, perRefund, perDay }, spentToday }: OwnLimit,
  currency: string,
): string {
  if (perRefund === null && perDay === null) return `No limit is set for the role ${role} in ${currency}.`;
  const left = perDay === null ? null : Math.max(0, perDay - spentToday);
  const each = perRefund === null ? [] : [`${formatMoney(perRefund, currency)} each`];
  const money = (amount: number) => (each.length > 0 ? formatAmount(amount, currency) : formatMoney(amount, currency));
  const today = left === null ? [] : [`${money(left)} left today`];
  return `Your limit: ${[...each, ...today].join(", ")}. Above it a second person is asked.`;
}

/** What the hold means for whoever presses the button. */
export function whenSentence(holdSeconds: number): string {
  if (holdSeconds === 0) return "It is sent at once and cannot be stopped.";
  return `You have ${holdSeconds} s to stop it before it is sent.`;
}
