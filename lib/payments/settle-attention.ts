import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { readPaymentForActing, settlePaymentAttention } from "@/db/commands/payments";
import type { PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/**
 * A person has looked at what was loud about a payment, and it stops being loud. The timeline keeps what it was and who
 * looked; the state and the money stay as they are.
 */
export async function settleAttention(
  scope: Scope,
  { paymentId, attention }: { paymentId: PaymentId; attention: string },
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "payments:settle");
  if (refusal) return err(refusal);
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), paymentId);
  if (!payment) return err(problem("not-found", "There is no such payment in this environment."));
  const { merchantId } = payment;
  const actor = scope.viewer.personId;
  if (!(await settlePaymentAttention(sqlClient(), { merchantId, paymentId, actor, attention }))) {
    return err(problem("changed", "Something new came up since you opened the page. Look at it first."));
  }
  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId });
  return ok({ news: "Noted." });
}
