import { sqlClient } from "@/db/client";
import { markRefundSent, type RefundForActing } from "@/db/commands/refunds";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { nextRefundAsk } from "@/lib/domain/ask-schedule";
import { Currency, MinorUnits } from "@/lib/domain/money";
import { RefundState } from "@/lib/domain/refund-state";
import type { RefundRequest } from "@/lib/gateway/wire/requests";
import { applyObservation } from "@/lib/payments/apply-observation";
import { callRowOf } from "@/lib/payments/call-row";
import { newsOfFailedRefund, refundNewsOf } from "./refund-news";

/**
 * Sends a stored refund, always under the number it was stored with: the gateway refuses a number it has seen, so a
 * second sending cannot pay twice. Of several callers one sends.
 *
 * @returns whether this call sent it
 */
export async function sendRefund(credential: OpenCredential, refund: RefundForActing, actor: string): Promise<boolean> {
  const { merchantId, sendCount } = refund;
  const isOurs = await markRefundSent(sqlClient(), { merchantId, refundId: refund.id, sendCount });
  if (!isOurs) return false;

  const call = await gatewayFor(credential).refundPayment(refundRequestOf(refund, credential));
  const { result } = call;
  const news = result.ok
    ? refundNewsOf(result.value, "answer")
    : newsOfFailedRefund(result.error, { isAgain: sendCount > 0 });
  const to = result.ok && news.to === null ? "unclear" : news.to;
  await applyObservation({
    subject: "refund",
    environment: credential.environment,
    merchantId,
    target: { refundId: refund.id, paymentId: refund.paymentId },
    news: { ...news, to },
    evidence: { by: "answer", call: callRowOf(credential, call), actor },
    nextAsk: nextRefundAsk({ state: RefundState.parse(to ?? refund.state), askCount: refund.askCount }, Math.random()),
  });
  return true;
}

/** The refund as the protocol wants it, without the envelope. */
export function refundRequestOf(
  refund: Pick<RefundForActing, "mchOrderNo" | "payOrderId" | "mchRefundNo" | "amount" | "currency" | "reason">,
  credential: Pick<OpenCredential, "id">,
): RefundRequest {
  return {
    ...(refund.payOrderId === null ? { mchOrderNo: refund.mchOrderNo } : { payOrderId: refund.payOrderId }),
    mchRefundNo: refund.mchRefundNo,
    refundAmount: MinorUnits.parse(refund.amount),
    currency: Currency.parse(refund.currency),
    refundReason: refund.reason,
    notifyUrl: notifyUrls(credential.id).refund,
  };
}
