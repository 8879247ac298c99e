import { Conflict, NoSuchRecord } from "./control-problems";
import type { Gateway } from "./gateway";
import type { Call, Notification, Order, Refund } from "./records";

export function findOrderByNo(
  gateway: Gateway,
  { mchNo, mchOrderNo }: { mchNo?: string | undefined; mchOrderNo: string },
): Order {
  const found = [...gateway.state.orders.values()].filter(
    (order) => order.mchOrderNo === mchOrderNo && (mchNo === undefined || order.mchNo === mchNo),
  );
  return theOnly(found, `order ${mchOrderNo}`);
}

export function findRefundByNo(
  gateway: Gateway,
  { mchNo, mchRefundNo }: { mchNo?: string | undefined; mchRefundNo: string },
): Refund {
  const found = [...gateway.state.refunds.values()].filter(
    (refund) => refund.mchRefundNo === mchRefundNo && (mchNo === undefined || refund.mchNo === mchNo),
  );
  return theOnly(found, `refund ${mchRefundNo}`);
}

export function listOrders(gateway: Gateway, { mchNo, limit }: { mchNo?: string | undefined; limit: number }): Order[] {
  const orders = [...gateway.state.orders.values()].filter((order) => mchNo === undefined || order.mchNo === mchNo);
  return orders.reverse().slice(0, limit);
}

export function orderView(gateway: Gateway, which: { mchNo?: string | undefined; mchOrderNo: string }) {
  const order = findOrderByNo(gateway, which);
  const isOfOrder = (one: { mchNo: string | null; mchOrderNo: string | null }) =>
    one.mchNo === order.mchNo && one.mchOrderNo === order.mchOrderNo;
  return {
    ...order,
    refunds: gateway.state.refundsOf.get(order.payOrderId) ?? [],
    notifications: [...gateway.state.notifications.values()].filter(isOfOrder).map(notificationView),
    calls: callsFor(gateway, isOfOrder),
  };
}

export function refundView(gateway: Gateway, which: { mchNo?: string | undefined; mchRefundNo: string }) {
  const refund = findRefundByNo(gateway, which);
  const isOfRefund = (one: { mchNo: string | null; mchRefundNo: string | null }) =>
    one.mchNo === refund.mchNo && one.mchRefundNo === refund.mchRefundNo;
  return {
    ...refund,
    notifications: [...gateway.state.notifications.values()].filter(isOfRefund).map(notificationView),
    calls: callsFor(gateway, isOfRefund),
  };
}

export function callsFor(gateway: Gateway, isWanted: (call: Call) => boolean): Call[] {
  return gateway.state.calls.filter(isWanted);
}

function notificationView(notification: Notification) {
  return { ...notification, fields: Object.fromEntries(new URLSearchParams(notification.body)) };
}

function theOnly<Found>(found: Found[], what: string): Found {
  const [only, other] = found;
  if (only === undefined) throw new NoSuchRecord(`There is no ${what}.`);
  if (other !== undefined) throw new Conflict(`Several merchants have an ${what}: name the mchNo.`);
  return only;
}
