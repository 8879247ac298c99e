import { err, ok, type Result } from "@/lib/domain/result";
import { type FaultScope, type Operation, takeFault } from "./faults";
import type { Gateway } from "./gateway";
import { notifyOfOrder } from "./notifications";
import type { Order } from "./records";
import { digits } from "./seed";

/**
 * The payer has paid. A closed order is paid "late": the merchant is told, but the gateway's own record stays closed
 * (gateway-protocol 6.7).
 */
export function payOrder(gateway: Gateway, order: Order): Result<Order, string> {
  if (order.isPaidLate || ![0, 1, 6].includes(order.state)) {
    return err(`Order ${order.mchOrderNo} is in state ${order.state} and cannot be paid.`);
  }
  const paid: Order = {
    ...order,
    state: 2,
    successTime: gateway.now(),
    channelOrderNo: `4200${digits(24)}`,
    settleAt: null,
  };
  const kept = order.state === 6 ? { ...order, isPaidLate: true } : paid;
  gateway.state.keep("order", kept);
  notifyOfOrder(gateway, { kind: "payment", order: paid, notifyUrl: order.notifyUrl, extParam: order.extParam });
  return ok(kept);
}

/** The payer, or the channel, has said no. Nobody is notified of that (gateway-protocol 6.1). */
export function declineOrder(gateway: Gateway, order: Order): Result<Order, string> {
  if (order.state > 1) return err(`Order ${order.mchOrderNo} is in state ${order.state} and cannot be declined.`);
  return ok(keepOrder(gateway, { ...order, ...declined, state: 3, settleAt: null }));
}

export const declined = { errCode: "PAYER_DECLINED", errMsg: "付款人取消了支付" } as const;

/** Silently, as the gateway's own job does. */
export function expireOrder(gateway: Gateway, order: Order): void {
  const closed = keepOrder(gateway, { ...order, state: 6, settleAt: null });
  if (takeFault(gateway.state, "late-payment", orderScope(gateway, closed))) payOrder(gateway, closed);
}

export function keepOrder(gateway: Gateway, order: Order): Order {
  gateway.state.keep("order", order);
  return order;
}

export function orderScope(gateway: Gateway, order: Order, operation: Operation | null = null): FaultScope {
  return {
    environment: gateway.state.merchants.get(order.mchNo)?.environment ?? null,
    mchNo: order.mchNo,
    mchOrderNo: order.mchOrderNo,
    mchRefundNo: null,
    operation,
  };
}
