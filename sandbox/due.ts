import { findFault } from "./faults";
import type { Gateway } from "./gateway";
import { startDelivery } from "./notifier";
import { expireOrder, payOrder } from "./payments";
import type { Refund } from "./records";
import { closeOldRefund, refundLifetimeMs, refundScope, settleRefund } from "./refunds";

/**
 * Does everything whose time has come.
 *
 * @returns when the next thing is due, in time of the sandbox's clock; `null` when nothing waits
 */
export function runDue(gateway: Gateway): number | null {
  const now = gateway.now();
  let next = Number.POSITIVE_INFINITY;
  const isDue = (at: number | null): boolean => {
    if (at === null) return false;
    if (at <= now) return true;
    next = Math.min(next, at);
    return false;
  };

  for (const order of [...gateway.state.openOrders]) {
    if (isDue(order.settleAt)) payOrder(gateway, order);
    else if (isDue(order.expiresAt)) expireOrder(gateway, order);
  }
  for (const refund of [...gateway.state.openRefunds]) {
    if (isDue(refund.createdAt + refundLifetimeMs)) closeOldRefund(gateway, refund);
    else if (!isPaused(gateway, refund) && isDue(refund.settleAt)) settleRefund(gateway, refund, "succeed");
  }
  for (const notification of [...gateway.state.openNotifications.values()]) {
    const isWaiting = notification.state === "pending" && !gateway.deliveries.has(notification.id);
    if (isWaiting && isDue(notification.nextAttemptAt)) startDelivery(gateway, notification.id);
  }
  return next === Number.POSITIVE_INFINITY ? null : next;
}

function isPaused(gateway: Gateway, refund: Refund): boolean {
  return findFault(gateway.state, "pause-refunds", refundScope(gateway, refund)) !== null;
}
