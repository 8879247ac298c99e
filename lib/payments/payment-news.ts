import type { PaymentNews } from "@/db/commands/apply-payment-news";
import { paymentStateOf } from "@/lib/domain/payment-state";
import type { HeardBy } from "@/lib/domain/timeline";
import { describeFailure, type GatewayFailure } from "@/lib/gateway/failures";
import type { PaymentAnswer } from "@/lib/gateway/wire/payment-answer";

/** Nothing was said: the starting point for news that we make ourselves. */
export const noPaymentNews: PaymentNews = {
  to: null,
  provenBy: null,
  gatewayState: null,
  mchOrderNo: null,
  payOrderId: null,
  channelOrderNo: null,
  amount: null,
  currency: null,
  errCode: null,
  errMsg: null,
  paidAt: null,
  payDataType: null,
  payData: null,
};

/** What the gateway's signed words say about a payment. An unknown state number moves nothing and is kept. */
export function paymentNewsOf(answer: PaymentAnswer, heardBy: HeardBy): PaymentNews {
  // A sum that cannot be read is no proof of anything.
  const isReadable = !answer.oddFields.includes("amount") && !answer.oddFields.includes("currency");
  return {
    to: answer.gatewayState === null || !isReadable ? null : paymentStateOf(answer.gatewayState),
    provenBy: heardBy,
    gatewayState: answer.gatewayState,
    mchOrderNo: answer.mchOrderNo,
    payOrderId: answer.payOrderId,
    channelOrderNo: answer.channelOrderNo,
    amount: answer.amount,
    currency: answer.currency,
    errCode: answer.errCode,
    errMsg: answer.errMsg,
    paidAt: answer.successTime,
    payDataType: answer.payDataType,
    payData: answer.payData,
    isOdd: !isReadable,
  };
}

/** After sending an order without a usable answer: a certain no refuses it, anything else leaves it unclear. */
export function newsOfFailedOrder(failure: GatewayFailure): PaymentNews {
  const errCode = "code" in failure ? failure.code : failure.kind;
  const errMsg = "message" in failure ? failure.message : describeFailure(failure);
  return { ...noPaymentNews, to: failure.next === "stop" ? "refused" : "unclear", errCode, errMsg };
}

/** The gateway has no order of this number, and the request that could have made one is long over. */
export function isUnknownToGateway(failure: GatewayFailure): boolean {
  return failure.kind === "refused" && failure.class === "not-found";
}
