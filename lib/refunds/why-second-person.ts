import { formatMoney } from "@/lib/domain/money";
import type { RefundLimit } from "@/lib/domain/refund-rules";
import { theRole } from "@/lib/domain/roles";

/** Which limit keeps a refund from being made alone, in a sentence. */
export function whySecondPerson({ role, currency, ...limit }: RefundLimit, reached: "per-refund" | "per-day"): string {
  const most = (reached === "per-refund" ? limit.perRefund : limit.perDay) ?? 0;
  if (most === 0) return `Every refund of ${theRole(role).toLowerCase()} in ${currency} needs a second person.`;
  return `${theRole(role)} refunds up to ${formatMoney(most, currency)} ${reached === "per-day" ? "a day " : ""}alone.`;
}
