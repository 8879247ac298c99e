import { MchRefundNo, type PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { createRefund } from "@/lib/refunds/create-refund";
import { addFault } from "@/sandbox/faults";
import { payOrder } from "@/sandbox/payments";
import type { Random } from "../core/random";
import { inParallel } from "../orders-of-messages/subjects";
import type { SandboxedShop } from "../shop/sandboxed-shop";
import type { Console } from "./console";
import { type Destiny, drawDestiny, hasRefund, tickMs, ticksOfDowntime } from "./fates";
import { messagesAreOut, orderOf } from "./gateway-side";

const second = 1_000;
const minute = 60 * second;

/**
 * How long before the downtime the payments of each wave are made, and which share of all is made by then: most of what
 * is open is young and asked about often, some of it old and asked about seldom.
 */
const waves = [
  { ageMs: 55 * minute, until: 0.05 },
  { ageMs: 15 * minute, until: 0.15 },
  { ageMs: 4 * minute, until: 0.3 },
  { ageMs: 40 * second, until: 0.5 },
  { ageMs: 0, until: 1 },
];

/** An hour of ordinary business, at whose end every payment or its refund is open. */
export async function doBusiness(
  shop: SandboxedShop,
  operator: Scope,
  ours: Console,
  { label, orders, random }: { label: string; orders: number; random: Random },
): Promise<Destiny[]> {
  const destinies: Destiny[] = [];
  const downAt = shop.sandbox.gateway.now() + (waves[0]?.ageMs ?? 0);
  for (const [place, { ageMs, until }] of waves.entries()) {
    const first = destinies.length;
    const made = Array.from({ length: Math.round(orders * until) - first }, (_, index) =>
      drawDestiny(random, `${label}-${first + index}`, { mayBeUnanswered: ageMs === 0 }),
    );
    await inParallel(made, (destiny) => begin(shop, operator, destiny, ageMs));
    await messagesAreOut(shop);
    await inParallel(made.filter(hasRefund), (destiny) => refund(shop, operator, destiny));
    destinies.push(...made);
    await liveUntil(shop, ours, downAt - (waves[place + 1]?.ageMs ?? 0));
  }
  return destinies;
}

/** The product asks less and less often, so the steps of time grow as its pauses do. */
async function liveUntil(shop: SandboxedShop, ours: Console, at: number): Promise<void> {
  const { gateway } = shop.sandbox;
  for (let step = 6 * second; gateway.now() < at; step *= 2) {
    await shop.passTime(Math.min(step, at - gateway.now()));
    if (!(await ours.settled())) throw new Error("the worker does not come to an end before the downtime");
  }
}

async function begin(shop: SandboxedShop, operator: Scope, destiny: Destiny, ageMs: number): Promise<void> {
  const { gateway } = shop.sandbox;
  const { mchOrderNo, fate, tick, isUnanswered } = destiny;
  if (isUnanswered) addFault(gateway.state, { kind: "drop-connection", mchOrderNo, times: 1, when: "after" });
  const lifeMs = fate === "expires" ? ageMs + (tick + 1) * tickMs : ageMs + 4 * ticksOfDowntime * tickMs;
  const asTyped = {
    ...{ mchOrderNo, wayCode: "WX_QR", amount: "10.00", subject: "Tea" },
    expiredTimeSeconds: Math.ceil(lifeMs / second),
  };
  const made = await createPayment(operator, CreatePaymentInput.parse(asTyped));
  if (!made.ok) throw new Error(made.error.message);
  if (hasRefund(destiny)) payOrder(gateway, orderOf(shop, mchOrderNo));
}

async function refund(shop: SandboxedShop, operator: Scope, { mchOrderNo, refund: amount }: Destiny): Promise<void> {
  const [row] = await shop.sql<{ id: PaymentId; state: string }[]>`
    select id, state from payments where mch_order_no = ${mchOrderNo}`;
  if (row?.state !== "paid") throw new Error(`${mchOrderNo} is ${row?.state}, although its message was taken`);
  const made = await createRefund(operator, {
    ...{ paymentId: row.id, mchRefundNo: MchRefundNo.parse(`${mchOrderNo}-R`), amount },
    ...{ reason: "goodwill", note: "", secondLook: "" },
  });
  if (!made.ok) throw new Error(made.error.message);
}
