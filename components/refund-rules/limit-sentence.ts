import { formatMoney } from "@/lib/domain/money";
import type { RefundLimit } from "@/lib/domain/refund-rules";
import { theRole } from "@/lib/domain/roles";

/** What a limit means for the people of its role. */
export function limitSentence({ role, currency, perRefund, perDay }: RefundLimit): string {
  const who = theRole(role);
  if (perRefund === null && perDay === null) return `${who} refunds any sum in ${currency} alone.`;
  if (perRefund === 0 || perDay === 0)
    return `Every refund of ${who.toLowerCase()} in ${currency} needs a second person.`;
  const money = (amount: number) => formatMoney(amount, currency);
  const most =
    perRefund === null
      ? `up to ${money(perDay ?? 0)} a day alone`
      : `up to ${money(perRefund)} alone${perDay === null ? "" : `, and ${money(perDay)} a day`}`;
  return `${who} refunds ${most}. Above that a second person approves.`;
}

export function holdSentence(holdSeconds: number): string {
  if (holdSeconds === 0) return "A refund is sent at once and cannot be stopped.";
  return `A refund can be stopped for ${holdSeconds} s after it was made. Then it is sent.`;
}
