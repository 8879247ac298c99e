import type { Order, Refund } from "../gateway/book";
import type { World } from "./world";

/** What the payer of a new order will do, and the gateway's own job when he does nothing. */
export function followOrder(world: World, order: Order): void {
  const { random, gateway } = world;
  const { mchOrderNo } = order;
  const later = (ms: number, what: string, act: () => void) => {
    world.schedule.spawn({ name: what, at: world.schedule.now() + ms }, async () => {
      world.count(`payers: ${what}`);
      act();
    });
  };
  const lifeMs = order.expiresAt - order.createdAt;
  const draw = random.next();
  // Most people pay while they stand at the till.
  const soonMs = random.chance(0.8) ? 30_000 : lifeMs;
  if (draw < 0.68) later(500 + random.below(soonMs - 500), "pays", () => gateway.pay(mchOrderNo));
  else if (draw < 0.75) later(500 + random.below(lifeMs), "declines", () => gateway.decline(mchOrderNo));
  else if (draw < 0.8)
    later(lifeMs + random.below(2_000) - 1_000, "pays at the last moment", () => gateway.pay(mchOrderNo));
  else if (draw < 0.88) later(lifeMs + 61_000 + random.below(300_000), "pays late", () => gateway.pay(mchOrderNo));
  // The gateway's job looks once a minute.
  later(lifeMs + random.below(60_000), "lets it expire", () => gateway.expire(mchOrderNo));
}

/** How a refund that was not settled at once ends. */
export function followRefund(world: World, refund: Refund): void {
  if (refund.state > 1) return;
  const { random, gateway, schedule } = world;
  const draw = random.next();
  const outcome = draw < 0.8 ? "succeed" : draw < 0.92 ? "fail" : "give-up";
  // A refund without a result is given up after two hours (gateway-protocol 3.6.4).
  const ms = outcome === "give-up" ? 7_200_000 : 1_000 + random.below(random.chance(0.2) ? 3_600_000 : 60_000);
  schedule.spawn({ name: "channel", at: schedule.now() + ms }, async () => {
    world.count(`refunds there: ${outcome}`);
    gateway.settle(refund.mchRefundNo, outcome);
  });
}
