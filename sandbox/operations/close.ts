import { type Answer, accepted, refused, texts } from "../answers";
import { takeFault } from "../faults";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { keepOrder, orderScope } from "../payments";
import { findOrder } from "./find";

/** Ends an order that nobody has paid; nobody is notified. Source: gateway-protocol 3.4. */
export function close(gateway: Gateway, request: CheckedRequest): Answer {
  const found = findOrder(gateway, request, { noId: "mchOrderNo 和 payOrderId 不能同时为空", noOrder: texts.noOrder });
  if (!found.ok) return found.error;
  const order = found.value;
  if (order.state > 1) return refused("当前订单不可关闭");
  const scope = orderScope(gateway, order, "close");
  if (order.state === 1 && takeFault(gateway.state, "close-without-answer", scope)) return { kind: "no-answer" };
  keepOrder(gateway, { ...order, state: 6, settleAt: null });
  return accepted({});
}
