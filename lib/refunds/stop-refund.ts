import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { readRefundForActing, stopRefund as stop } from "@/db/commands/refunds";
import type { RefundId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { formatMoney } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** Takes a refund back while it is held or waits in the queue. Once it is sent only the gateway's word counts. */
export async function stopRefund(scope: Scope, refundId: RefundId): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "refunds:create");
  if (refusal) return err(refusal);
  const refund = await readRefundForActing(sqlClient(), merchantIdsOf(scope), refundId);
  if (!refund) return err(problem("not-found", "There is no such refund in this environment."));
  const { merchantId, paymentId } = refund;
  const isStopped = await stop(sqlClient(), { merchantId, refundId, actor: scope.viewer.personId });
  if (!isStopped && !(await wasStopped(scope, refundId))) {
    return err(problem("too-late", "It was sent before you pressed. Its result will show here."));
  }
  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId });
  return ok({ news: `Stopped. ${formatMoney(refund.amount, refund.currency)} stay with the merchant.` });
}

/** A second click, or one whose answer never came, finds it stopped. */
async function wasStopped(scope: Scope, refundId: RefundId): Promise<boolean> {
  const refund = await readRefundForActing(sqlClient(), merchantIdsOf(scope), refundId);
  return refund?.state === "stopped";
}
