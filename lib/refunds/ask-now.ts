import { sqlClient } from "@/db/client";
import { readRefundInFlight } from "@/db/commands/refunds";
import type { PaymentId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import { ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { askPayment } from "@/lib/payments/ask-payment";
import { askAboutRefund } from "./ask-refund";

/**
 * Asks the gateway about a payment because a person wants to know now, and with it about the refund that is under way:
 * of a part that goes back the payment itself says nothing.
 */
export async function askNow(scope: Scope, paymentId: PaymentId): Promise<Result<{ news: string }, Problem>> {
  const payment = await askPayment(scope, paymentId);
  if (!payment.ok && ["not-allowed", "not-found"].includes(payment.error.kind)) return payment;
  const merchantIds = merchantIdsOf(scope);
  const refundId = await readRefundInFlight(sqlClient(), merchantIds, paymentId);
  if (refundId === null) return payment;
  const refund = await askAboutRefund(merchantIds, refundId, scope.viewer.personId);
  return refund.ok ? ok({ news: `About the refund: ${refund.value.news}` }) : refund;
}
