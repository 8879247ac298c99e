import { type Answer, accepted, isHttpUrl, refused, texts } from "../answers";
import { takeFault } from "../faults";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { notifyOfOrder } from "../notifications";
import { keepOrder, orderScope } from "../payments";
import { isTooLong } from "./columns";
import { findOrder } from "./find";

/**
 * Reverses a paid order on the day of its payment in Hong Kong, all of it and once. Source: gateway-protocol 3.5.
 * Its answer and the texts of its refusals are not published; they are made up here in the manner of the others.
 */
export function cancel(gateway: Gateway, request: CheckedRequest): Answer {
  const found = findOrder(gateway, request);
  if (!found.ok) return found.error;
  const order = found.value;
  const notifyUrl = request.text("notifyUrl");
  if (notifyUrl !== null && !isHttpUrl(notifyUrl)) return refused(texts.notifyUrlScheme);
  if (isTooLong(request)) return refused(texts.systemError);
  if (order.state !== 2) return refused("订单状态不正确，无法撤销");
  const refunds = gateway.state.refundsOf.get(order.payOrderId) ?? [];
  if (refunds.some(({ state }) => state === 1)) return refused("支付订单具有在途退款申请，请稍后再试");
  if (order.refundedAmount > 0) return refused("订单已发生退款，无法撤销");
  if (dayInHongKong(order.successTime ?? order.createdAt) !== dayInHongKong(gateway.now())) {
    return refused("仅支持撤销当日完成的订单");
  }
  const cancelled = keepOrder(gateway, { ...order, state: 4 });
  const extParam = request.text("extParam") ?? order.extParam;
  notifyOfOrder(gateway, { kind: "cancel", order: cancelled, notifyUrl, extParam });
  if (takeFault(gateway.state, "system-error-after", orderScope(gateway, order, "cancel")))
    return refused(texts.systemError);
  const { payOrderId, mchOrderNo, state, channelOrderNo } = cancelled;
  return accepted({ payOrderId, mchOrderNo, state, channelOrderNo });
}

function dayInHongKong(epochMs: number): number {
  return Math.floor((epochMs + 8 * 3_600_000) / 86_400_000);
}
