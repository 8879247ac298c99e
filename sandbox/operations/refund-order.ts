import { type Answer, accepted, isHttpUrl, refused, texts } from "../answers";
import { findFault, takeFault } from "../faults";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { newGatewayId } from "../ids";
import { notifyOfRefund } from "../notifications";
import type { Order, Refund } from "../records";
import { refundLifetimeMs, refundRefused, refundScope, settleRefund } from "../refunds";
import { orderKey } from "../state";
import { isTooLong, optionalTexts } from "./columns";
import { findOrder } from "./find";
import { isPaid } from "./hold";

/** Gives money back. The checks and their order are those of gateway-protocol 3.6.3. */
export function refundOrder(gateway: Gateway, request: CheckedRequest): Answer {
  if (request.text("payOrderId") === null && request.text("mchOrderNo") === null) return refused(texts.needsOrderId);
  const { notifyUrl, extParam } = optionalTexts(request);
  if (notifyUrl !== null && !isHttpUrl(notifyUrl)) return refused(texts.notifyUrlScheme);
  const found = findOrder(gateway, request, { noId: texts.needsOrderId, noOrder: "退款订单不存在" });
  if (!found.ok) return found.error;
  const order = found.value;
  const mchRefundNo = request.text("mchRefundNo") ?? "";
  const refundAmount = Number(request.text("refundAmount"));
  const problem = orderProblem(gateway, order, refundAmount);
  if (problem !== null) return refused(problem);
  const isTaken = gateway.state.refundByNo.has(orderKey(order.mchNo, mchRefundNo));
  if (isTaken) return refused(`商户退款订单号[${mchRefundNo}]已存在`);
  if (isTooLong(request)) return refused(texts.systemError);

  const createdAt = gateway.now();
  const refund: Refund = {
    refundOrderId: newGatewayId("R", createdAt, gateway.state.refunds),
    payOrderId: order.payOrderId,
    mchNo: order.mchNo,
    appId: request.app.appId,
    mchOrderNo: order.mchOrderNo,
    mchRefundNo,
    payAmount: order.amount,
    refundAmount,
    currency: request.text("currency") ?? "",
    state: 0,
    refundReason: request.text("refundReason") ?? "",
    clientIp: request.text("clientIp") ?? request.callerIp,
    notifyUrl,
    extParam,
    channelOrderNo: null,
    errCode: null,
    errMsg: null,
    createdAt,
    settleAt: null,
    successTime: null,
    executions: 1,
  };
  gateway.state.keep("refund", refund);
  gateway.wakeAt(createdAt + refundLifetimeMs);
  if (takeFault(gateway.state, "system-error-after", refundScope(gateway, refund, "refundOrder"))) {
    return refused(texts.systemError);
  }
  return answerOf(runAtChannel(gateway, refund));
}

function orderProblem(gateway: Gateway, order: Order, refundAmount: number): string | null {
  // A payment that was refunded in full has left state 2, so the text of its own is never heard here.
  if (!isPaid(gateway, order)) return "订单状态不正确， 无法完成退款";
  if (refundAmount > (order.takenAmount ?? order.amount) - order.refundedAmount)
    return "申请金额超出订单可退款余额，请检查退款金额";
  const refunds = gateway.state.refundsOf.get(order.payOrderId) ?? [];
  // State 0 is left out, as it is by the reference server: that is how a refund can run twice.
  return refunds.some(({ state }) => state === 1) ? "支付订单具有在途退款申请，请稍后再试" : null;
}

function runAtChannel(gateway: Gateway, refund: Refund): Refund {
  const { state } = gateway;
  const scope = refundScope(gateway, refund, "refundOrder");
  if (takeFault(state, "declined", scope)) {
    const failed: Refund = { ...refund, ...refundRefused, state: 3 };
    state.keep("refund", failed);
    notifyOfRefund(gateway, failed);
    return failed;
  }
  const settleAt = refund.createdAt + state.knobs.refundDelayMs / state.knobs.timeLapse;
  const underWay: Refund = { ...refund, state: 1, settleAt };
  state.keep("refund", underWay);
  const isPaused = findFault(state, "pause-refunds", refundScope(gateway, refund)) !== null;
  if (isPaused) return underWay;
  if (state.knobs.refundDelayMs > 0) {
    gateway.wakeAt(settleAt);
    return underWay;
  }
  const settled = settleRefund(gateway, underWay, "succeed");
  return settled.ok ? settled.value : underWay;
}

function answerOf(refund: Refund): Answer {
  const { refundOrderId, mchRefundNo, payAmount, refundAmount, state, channelOrderNo, errCode, errMsg } = refund;
  return accepted({ refundOrderId, mchRefundNo, payAmount, refundAmount, state, channelOrderNo, errCode, errMsg });
}
