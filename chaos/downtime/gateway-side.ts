import { declineOrder, payOrder } from "@/sandbox/payments";
import type { Order } from "@/sandbox/records";
import { settleRefund } from "@/sandbox/refunds";
import type { SandboxedShop } from "../shop/sandboxed-shop";
import { pause } from "./console";
import { type Destiny, tickMs, ticksOfDowntime } from "./fates";

/** Lets the gateway live through the downtime: everything changes, and whatever it has to tell, it tells in vain. */
export async function changeEverything(shop: SandboxedShop, destinies: readonly Destiny[]): Promise<void> {
  for (let tick = 0; tick < ticksOfDowntime; tick += 1) {
    await shop.passTime(tickMs);
    for (const destiny of destinies) if (destiny.tick === tick) change(shop, destiny);
    await messagesAreOut(shop);
  }
}

/** An order that expires does so by itself. */
function change(shop: SandboxedShop, { mchOrderNo, fate }: Destiny): void {
  const { gateway } = shop.sandbox;
  const order = orderOf(shop, mchOrderNo);
  if (fate === "is paid") payOrder(gateway, order);
  if (fate === "is declined") declineOrder(gateway, order);
  if (fate !== "refund succeeds" && fate !== "refund fails") return;
  const [refund] = gateway.state.refundsOf.get(order.payOrderId) ?? [];
  if (refund) settleRefund(gateway, refund, fate === "refund fails" ? "fail" : "succeed");
}

/** Until the tries that are due now are answered, or have failed. */
export async function messagesAreOut({ sandbox: { gateway } }: SandboxedShop): Promise<void> {
  while (gateway.deliveries.size > 0) await pause(2);
}

/** How many messages were sent in vain six times each. @throws when the gateway has not given up on all it could not tell */
export function givenUp({ sandbox: { gateway } }: SandboxedShop): number {
  let count = 0;
  for (const { state, tries, id } of gateway.state.notifications.values()) {
    if (state === "delivered") continue;
    if (state !== "given-up" || tries !== 6) throw new Error(`the message ${id} is ${state} after ${tries} tries`);
    count += 1;
  }
  return count;
}

export function orderOf({ sandbox, sender }: SandboxedShop, mchOrderNo: string): Order {
  const order = sandbox.gateway.state.orderByNo.get(JSON.stringify([sender.mchNo, mchOrderNo]));
  if (!order) throw new Error(`the gateway has no order ${mchOrderNo}`);
  return order;
}
