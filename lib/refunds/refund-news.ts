import type { RefundNews } from "@/db/commands/apply-refund-news";
import { refundStateOf } from "@/lib/domain/refund-state";
import type { HeardBy } from "@/lib/domain/timeline";
import { describeFailure, type GatewayFailure } from "@/lib/gateway/failures";
import type { RefundAnswer } from "@/lib/gateway/wire/refund-answer";

/** Nothing was said: the starting point for news that we make ourselves. */
export const noRefundNews: RefundNews = {
  to: null,
  provenBy: null,
  gatewayState: null,
  mchRefundNo: null,
  refundOrderId: null,
  payOrderId: null,
  channelOrderNo: null,
  amount: null,
  currency: null,
  errCode: null,
  errMsg: null,
  succeededAt: null,
};

/** What the gateway's signed words say about a refund. An unknown state number moves nothing and is kept. */
export function refundNewsOf(answer: RefundAnswer, heardBy: HeardBy): RefundNews {
  const isReadable = !answer.oddFields.includes("refundAmount") && !answer.oddFields.includes("currency");
  const to = answer.gatewayState === null || !isReadable ? null : refundStateOf(answer.gatewayState);
  return {
    to,
    provenBy: heardBy,
    gatewayState: answer.gatewayState,
    mchRefundNo: answer.mchRefundNo,
    refundOrderId: answer.refundOrderId,
    payOrderId: answer.payOrderId,
    channelOrderNo: answer.channelOrderNo,
    amount: answer.refundAmount,
    currency: answer.currency,
    errCode: answer.errCode ?? (to === "failed" && answer.gatewayState === 4 ? "closed-by-gateway" : null),
    errMsg: answer.errMsg,
    succeededAt: answer.successTime,
  };
}

/**
 * The gateway takes one refund of a payment at a time and has another one under way, made elsewhere: this one was
 * surely not taken and may be sent again later (gateway-protocol 3.6.3, check 8).
 */
export function isAnotherInFlight(failure: GatewayFailure): boolean {
  return failure.kind === "refused" && failure.message.includes("在途退款");
}

/**
 * After sending a refund without a usable answer: a certain no fails it, anything else leaves it unclear. Refusals are
 * not signed, so even a certain one proves nothing.
 *
 * @param isAgain  it was sent before: a "no" about state or sum may then be about our own first sending
 */
export function newsOfFailedRefund(failure: GatewayFailure, { isAgain }: { isAgain: boolean }): RefundNews {
  const errCode = "code" in failure ? failure.code : failure.kind;
  const errMsg = "message" in failure ? failure.message : describeFailure(failure);
  const mayBeOurs = isAgain && failure.kind === "refused" && ["state", "amount"].includes(failure.class);
  return { ...noRefundNews, to: failure.next === "stop" && !mayBeOurs ? "failed" : "unclear", errCode, errMsg };
}
