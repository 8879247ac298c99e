import { sqlClient } from "@/db/client";
import { markRefundSent, type RefundForActing, requeueRefund } from "@/db/commands/refunds";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { nextRefundAsk } from "@/lib/domain/ask-schedule";
import { Currency, MinorUnits } from "@/lib/domain/money";
import { RefundState } from "@/lib/domain/refund-state";
import { describeFailure } from "@/lib/gateway/failures";
import type { RefundRequest } from "@/lib/gateway/wire/requests";
import { applyObservation } from "@/lib/payments/apply-observation";
import { callRowOf } from "@/lib/payments/call-row";
import { isAnotherInFlight, newsOfFailedRefund, noRefundNews, refundNewsOf } from "./refund-news";

/** What became of an attempt to send: `waits` is for the refund in front of it, `not-now` for a hold or another sender. */
export type Sending = "sent" | "waits" | "not-now";

/**
 * Sends a stored refund, always under the number it was stored with: the gateway refuses a number it has seen, so a
 * second sending cannot pay twice. Of several callers one sends, and of several refunds of a payment one is in flight.
 */
export async function sendRefund(credential: OpenCredential, refund: RefundForActing, actor: string): Promise<Sending> {
  const { merchantId, sendCount } = refund;
  const claim = await markRefundSent(sqlClient(), { merchantId, refundId: refund.id, sendCount });
  if (claim !== "claimed") return claim;

  const subject = { paymentId: refund.paymentId, refundId: refund.id, actor };
  const call = await gatewayFor(credential, subject).refundPayment(refundRequestOf(refund, credential));
  const { result } = call;
  // On a second sending the one in flight may be our own first one.
  const isBusy = !result.ok && sendCount === 0 && isAnotherInFlight(result.error);
  const news = result.ok
    ? refundNewsOf(result.value, "answer")
    : isBusy
      ? noRefundNews
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
  if (!isBusy) return "sent";
  await requeueRefund(sqlClient(), { merchantId, refundId: refund.id, errMsg: describeFailure(result.error) });
  return "waits";
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
