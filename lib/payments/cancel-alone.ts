import { limitReached, type RefundLimit } from "@/lib/domain/refund-rules";
import { whySecondPerson } from "@/lib/refunds/why-second-person";

/**
 * Why nobody of this role cancels this payment alone, or null: a cancel gives all of it back, so what a person refunds
 * alone bounds it too, or a limit of refunds would hold nobody. Sums in minor units.
 */
export function whyNotCancelAlone(limit: RefundLimit, spentToday: number, amount: number): string | null {
  const reached = limitReached(limit, spentToday, amount);
  if (reached === null) return null;
  return `Not possible alone: a cancel gives all of it back. ${whySecondPerson(limit, reached)} Refund it instead, and a second person is asked`;
}
