import { z } from "zod";
import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { settleAttention as settle } from "@/db/commands/attention";
import { noteAudit } from "@/db/commands/audit";
import { readPaymentForActing } from "@/db/commands/payments";
import { readRefundForActing } from "@/db/commands/refunds";
import { PaymentId, RefundId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

const looked = {
  attention: z.string().min(1).max(60),
  note: z.string().trim().min(1, "Say in a few words what you found.").max(200, "At most 200 characters."),
};

/** A person's word about what was loud about a payment: what it was, as they saw it, and what they found. */
export const SettlePaymentInput = z.object({ paymentId: PaymentId, ...looked });
export type SettlePaymentInput = z.infer<typeof SettlePaymentInput>;

/** The same about a refund. */
export const SettleRefundInput = z.object({ refundId: RefundId, ...looked });
export type SettleRefundInput = z.infer<typeof SettleRefundInput>;

/**
 * A person has looked at what was loud about a payment or a refund, and it stops being loud. The timeline and the audit
 * keep what it was, who looked and what they found; the state and the money stay as they are.
 *
 * @param address  where the request came from, for the audit
 */
export async function settleAttention(
  scope: Scope,
  input: SettlePaymentInput | SettleRefundInput,
  address: string | null = null,
): Promise<Result<{ news: string }, Problem>> {
  const isRefund = "refundId" in input;
  const refusal = refusalFor(scope, isRefund ? "refunds:settle" : "payments:settle");
  if (refusal) return err(refusal);
  const merchantIds = merchantIdsOf(scope);
  const loud = isRefund
    ? await readRefundForActing(sqlClient(), merchantIds, input.refundId)
    : await readPaymentForActing(sqlClient(), merchantIds, input.paymentId);
  if (!loud) {
    return err(problem("not-found", `There is no such ${isRefund ? "refund" : "payment"} in this environment.`));
  }
  const { merchantId } = loud;
  const paymentId = "paymentId" in loud ? loud.paymentId : loud.id;
  const { environment, viewer } = scope;
  const { attention, note } = input;
  const isSettled = await inSqlTransaction(async (sql) => {
    const refundId = isRefund ? input.refundId : null;
    const isDone = await settle(sql, { merchantId, paymentId, refundId, actor: viewer.personId, attention, note });
    if (!isDone) return false;
    await noteAudit(sql, {
      actor: { kind: "person", personId: viewer.personId },
      action: isRefund ? "refund.looked-at" : "payment.looked-at",
      environment,
      subject: `${isRefund ? "refund" : "payment"}:${loud.id}`,
      details: { attention, note },
      address,
    });
    return true;
  });
  if (!isSettled) {
    const message = "Somebody else noted it since you opened the page, or something new came up. Look at it first.";
    return err(problem("changed", message));
  }
  announceChange(sqlClient(), { environment, merchantId, paymentId });
  return ok({ news: "Noted." });
}
