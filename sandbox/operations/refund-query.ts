import { type Answer, accepted, refused, texts } from "../answers";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { refundFields } from "../messages";
import { orderKey } from "../state";

/** Source: gateway-protocol 3.7. */
export function refundQuery(gateway: Gateway, request: CheckedRequest): Answer {
  const { mchNo } = request.merchant;
  const refundOrderId = request.text("refundOrderId");
  const mchRefundNo = request.text("mchRefundNo");
  if (refundOrderId === null && mchRefundNo === null) return refused("mchRefundNo 和 refundOrderId不能同时为空");
  const refund =
    refundOrderId === null
      ? gateway.state.refundByNo.get(orderKey(mchNo, mchRefundNo ?? ""))
      : gateway.state.refunds.get(refundOrderId);
  return refund?.mchNo === mchNo ? accepted(refundFields(refund)) : refused(texts.noOrder);
}
