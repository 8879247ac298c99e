import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newMchOrderNo, PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { adoptPayment } from "@/lib/payments/adopt-payment";
import { askPayment } from "@/lib/payments/ask-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { askRefund } from "@/lib/refunds/ask-refund";
import { makeRefundWorld, type RefundWorld } from "@/lib/testing/refund-world";
import { appOfWorld, orderAtTill, type TillApp } from "@/lib/testing/till";
import { type ExaminedPart, examineOrder } from "./examine-order";

let world: RefundWorld;
let scope: Scope;
let app: TillApp;

beforeAll(async () => {
  world = await makeRefundWorld();
  scope = await world.scopeOf("operator");
  app = await appOfWorld(world);
});
beforeEach(() => world.sandbox.clearFaults());
afterAll(() => world.close());

const anHourMs = 3_600_000;

type Story = [id: string | null, what: string, tell: () => Promise<PaymentId>, sentence: RegExp];

const stories: Story[] = [
  ["NTF-01", "an order of another system that carried no address", elsewhere, /was not made by this console/],
  [
    "NTF-01",
    "an order that carried no address",
    () => unpaidAddress(null),
    /No notify address was sent with the order/,
  ],
  [
    "NTF-02",
    "a gateway that never calls",
    silent,
    /None of the 6 tries due by now reached this console, and there is no seventh/,
  ],
  [
    "NTF-02",
    "a gateway that called about others",
    silentAmongOthers,
    /The address works, for other notifications reached it since/,
  ],
  [
    "NTF-02",
    "an address in a private network",
    () => unpaidAddress("http://10.1.2.3/api/notify/x/payment"),
    /leads to a private network/,
  ],
  [
    "NTF-02",
    "an address of an older host",
    () => unpaidAddress("https://old.example.com/api/notify/x/payment"),
    /is no longer ours/,
  ],
  ["NTF-19", "a payer who declined", declined, /No notification was due: the order is declined/],
  [null, "a payer who has not decided", async () => (await make()).id, /None is due yet: the order is waiting/],
  [null, "a forged message before the payment", forged, /None is due yet: the order is waiting/],
  [
    "NTF-13",
    "a forged message in place of a genuine one",
    forgedInstead,
    /No key of this console makes this signature/,
  ],
  [null, "a payment that was told of", told, /Nothing is wrong with it/],
];

test.each(stories)("%s: %s", async (id, _, tell, sentence) => {
  const { climb } = await examined(await tell());
  expect([climb.cause.id, climb.cause.sentence]).toEqual([id, expect.stringMatching(sentence)]);
  expect(climb.cause.fix.does).not.toBe("");
  expect(climb.cause.evidence.length).toBeGreaterThan(0);
});

test("what arrived is laid on the gateway's ladder", async () => {
  const { facts } = await examined(await told());
  expect(facts.tries.map(({ state }) => state)).toEqual(["arrived", ...Array<string>(5).fill("not-needed")]);
  const { facts: missing } = await examined(await silent());
  expect(missing.tries.map(({ state }) => state)).toEqual(Array(6).fill("missing"));
});

test("a first try that may still be under way is waited for", async () => {
  const { climb } = await examined(await silent(), 0);
  expect(climb.cause).toMatchObject({ weight: "wait", sentence: expect.stringContaining("it is under way") });
});

test("a refund has a ladder of its own", async () => {
  const { id, mchOrderNo } = await world.paidPayment();
  await world.sandbox.control("knobs", { refundDelayMs: 0 });
  await world.fault("silent", { mchOrderNo });
  const refundId = await world.refunded(id, "10.00");
  const { mch_refund_no: mchRefundNo } = await world.readRefund(refundId);
  await askRefund(scope, refundId);
  const later = new Date(Date.now() + anHourMs);
  const [payment, refund] = (await examineOrder(scope, id, later))?.parts ?? [];
  expect(payment?.climb.cause.weight).toBe("fine");
  expect(refund?.facts).toMatchObject({ kind: "refund", number: mchRefundNo, notifyUrl: refund?.facts.ourUrl });
  expect(refund?.climb.cause.sentence).toContain("None of the 6 tries due by now reached this console");
  await world.sandbox.control("notify", { mchRefundNo });
  const [, told] = (await examineOrder(scope, id, later))?.parts ?? [];
  expect(told?.climb.cause.sentence).toContain("Nothing is wrong with it");
});

test("an order of the other environment is nobody's here", async () => {
  const { id } = await make();
  const elsewhereScope = { ...scope, environment: "production", merchants: [] } as unknown as Scope;
  expect(await examineOrder(elsewhereScope, id, new Date())).toBeNull();
});

async function examined(id: PaymentId, laterMs = anHourMs): Promise<ExaminedPart> {
  const order = await examineOrder(scope, id, new Date(Date.now() + laterMs));
  const [part] = order?.parts ?? [];
  if (!part) throw new Error("there is nothing to examine");
  return part;
}

async function make(): Promise<{ id: PaymentId; mchOrderNo: string }> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "12.34", subject: "Tea" });
  const created = await createPayment(scope, input);
  if (!created.ok) throw new Error(created.error.message);
  return { id: created.value, mchOrderNo };
}

async function pay(mchOrderNo: string): Promise<void> {
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
}

async function told(): Promise<PaymentId> {
  const { id, mchOrderNo } = await make();
  await pay(mchOrderNo);
  return id;
}

async function silent(): Promise<PaymentId> {
  const { id, mchOrderNo } = await make();
  await world.sandbox.control("faults", { kind: "silent", mchOrderNo });
  await pay(mchOrderNo);
  await askPayment(scope, id);
  return id;
}

async function silentAmongOthers(): Promise<PaymentId> {
  const id = await silent();
  await told();
  return id;
}

/** Paid in silence, after another address than ours had been sent along. */
async function unpaidAddress(notifyUrl: string | null): Promise<PaymentId> {
  const id = await silent();
  await world.database.sql`update payments set notify_url = ${notifyUrl} where id = ${id}`;
  return id;
}

async function elsewhere(): Promise<PaymentId> {
  const mchOrderNo = await orderAtTill(world, app, {});
  await pay(mchOrderNo);
  const adopted = await adoptPayment(scope, { number: mchOrderNo });
  if (!adopted.ok) throw new Error(adopted.error.message);
  return PaymentId.parse(adopted.value);
}

async function declined(): Promise<PaymentId> {
  const { id, mchOrderNo } = await make();
  await world.sandbox.control("pay", { mchOrderNo, outcome: "decline" });
  await askPayment(scope, id);
  return id;
}

async function forged(): Promise<PaymentId> {
  const { id, mchOrderNo } = await make();
  await world.sandbox.control("notify", { mchOrderNo, kind: "forged" });
  return id;
}

async function forgedInstead(): Promise<PaymentId> {
  const { id, mchOrderNo } = await make();
  await world.sandbox.control("faults", { kind: "forged-notification", mchOrderNo });
  await pay(mchOrderNo);
  await askPayment(scope, id);
  return id;
}
