import { type Answer, accepted, refused, texts } from "../answers";
import { takeFault } from "../faults";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { keepOrder, orderScope } from "../payments";
import type { HoldOperations, Order } from "../records";
import { orderKey } from "../state";

/**
 * Takes held money, once. Neither its fields nor its answer are published: the fields are those that were set by the
 * control API, answer and refusals are made up in the manner of the others. Source: gateway-protocol 3.2, Appendix B.
 */
export function holdComplete(gateway: Gateway, request: CheckedRequest): Answer {
  return act(gateway, request, "holdComplete", (order, holds) => {
    const given = holds.amountField === null ? null : request.text(holds.amountField);
    const amount = given === null ? order.amount : Number(given);
    if (!Number.isSafeInteger(amount) || amount < 1) return "预授权完成金额有误";
    if (amount > order.amount || (amount < order.amount && !holds.isPartAllowed)) return "预授权完成金额超出限制";
    return { ...order, state: holds.completedState, takenAmount: amount };
  });
}

/** Gives held money free, all of it. */
export function holdRelease(gateway: Gateway, request: CheckedRequest): Answer {
  return act(gateway, request, "holdRelease", (order, holds) => ({ ...order, state: holds.releasedState }));
}

type Act = (order: Order, holds: HoldOperations) => Order | string;

function act(
  gateway: Gateway,
  request: CheckedRequest,
  operation: "holdComplete" | "holdRelease",
  changed: Act,
): Answer {
  const { state } = gateway;
  const holds = state.knobs.holds;
  if (!holds) return refused("接口不存在");
  const named = request.text(holds.orderField);
  if (named === null) return refused(texts.needsOrderId);
  const order = state.orders.get(named) ?? state.orderByNo.get(orderKey(request.merchant.mchNo, named));
  if (order?.mchNo !== request.merchant.mchNo) return refused(texts.noOrder);
  const number = holds.numberField === null ? null : request.text(holds.numberField);
  if (number !== null && order.holdNumbers?.includes(number)) return refused(`预授权操作单号[${number}]已存在`);
  if (order.state !== 2) return refused("订单状态不正确，无法处理预授权");
  const done = changed(order, holds);
  if (typeof done === "string") return refused(done);
  const kept = keepOrder(gateway, {
    ...done,
    holdNumbers: [...(order.holdNumbers ?? []), ...(number === null ? [] : [number])],
    holdExecutions: (order.holdExecutions ?? 0) + 1,
  });
  const scope = orderScope(gateway, kept, operation);
  if (takeFault(state, "system-error-after", scope)) return refused(texts.systemError);
  const { payOrderId, mchOrderNo, state: orderState, channelOrderNo } = kept;
  return accepted({ payOrderId, mchOrderNo, state: orderState, channelOrderNo });
}

/** Whether money of an order can go back: it was paid, or it was held and taken. */
export function isPaid(gateway: Gateway, order: Order): boolean {
  return (
    order.state === 2 || (order.takenAmount !== undefined && order.state === gateway.state.knobs.holds?.completedState)
  );
}
