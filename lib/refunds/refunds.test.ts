import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newMchOrderNo, newMchRefundNo, type PaymentId, type RefundId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { askDue } from "@/lib/payments/ask-due";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { askRefund } from "./ask-refund";
import { createRefund } from "./create-refund";

let world: World;
let operator: Scope;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
});
afterEach(async () => {
  await world.sandbox.clearFaults();
  await world.sandbox.control("knobs", { refundDelayMs: 0 });
});
afterAll(() => world.close());

async function paidPayment(amount = "100.00"): Promise<{ id: PaymentId; mchOrderNo: string }> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount, subject: "Tea" });
  const created = await createPayment(operator, input);
  if (!created.ok) throw new Error(created.error.message);
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  return { id: created.value, mchOrderNo };
}

function refundOf(paymentId: PaymentId, amount: string, mchRefundNo = newMchRefundNo()) {
  return createRefund(operator, { paymentId, mchRefundNo, amount, reason: "goodwill", note: "" });
}

async function refunded(paymentId: PaymentId, amount: string): Promise<RefundId> {
  const result = await refundOf(paymentId, amount);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function read(id: RefundId) {
  const [row] = await world.database.sql`select * from refunds where id = ${id}`;
  return row ?? {};
}

async function sumsOf(id: PaymentId) {
  const [row] = await world.database.sql`select refunded_amount, reserved_amount, state from payments where id = ${id}`;
  return { refunded: Number(row?.refunded_amount), reserved: Number(row?.reserved_amount), state: row?.state };
}

async function fault(kind: string, options: object = {}): Promise<void> {
  await world.sandbox.control("faults", { kind, ...options });
}

/** How many refunds of this payment the gateway really has. */
async function refundsAtGateway(mchOrderNo: string): Promise<unknown[]> {
  return (await world.sandbox.control(`orders/${mchOrderNo}`))["refunds"] as unknown[];
}

test("a part and then the rest are refunded, and the gateway then calls the payment refunded", async () => {
  const payment = await paidPayment();
  expect(await read(await refunded(payment.id, "35.00"))).toMatchObject({ state: "succeeded" });
  expect(await sumsOf(payment.id)).toEqual({ refunded: 3500, reserved: 3500, state: "paid" });
  expect(await refundOf(payment.id, "65.01")).toMatchObject({ ok: false, error: { kind: "exceeds-rest" } });
  await refunded(payment.id, "65");
  await world.database.sql`update payments set next_ask_at = now() where id = ${payment.id}`;
  await askDue({ limit: 10, atOnce: 2 });
  expect(await sumsOf(payment.id)).toEqual({ refunded: 10_000, reserved: 10_000, state: "refunded" });
});

test("a refund under way waits for its notification, and another one waits for it", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const payment = await paidPayment();
  const id = await refunded(payment.id, "35.00");
  expect(await read(id)).toMatchObject({ state: "pending", proven_by: "answer" });
  expect(await refundOf(payment.id, "1")).toMatchObject({ ok: false, error: { kind: "one-under-way" } });
  const { mch_refund_no: mchRefundNo } = await read(id);
  await world.sandbox.control("refund", { mchRefundNo, outcome: "succeed" });
  await world.sandbox.control("idle", {});
  expect(await read(id)).toMatchObject({ state: "succeeded", proven_by: "notification" });
  expect(await sumsOf(payment.id)).toMatchObject({ refunded: 3500, reserved: 3500 });
});

test("a refund that the gateway ends as failed gives its money free", async () => {
  await fault("fail-refund");
  const payment = await paidPayment();
  expect(await read(await refunded(payment.id, "35.00"))).toMatchObject({ state: "failed" });
  expect(await sumsOf(payment.id)).toMatchObject({ refunded: 0, reserved: 0 });
});

test("a refund that the gateway refuses failed, but nothing proves it, because refusals are not signed", async () => {
  const payment = await paidPayment();
  await fault("swapped-environment", { operation: "refundOrder" });
  const id = await refunded(payment.id, "35.00");
  expect(await read(id)).toMatchObject({ state: "failed", proven_by: null });
  expect(await sumsOf(payment.id)).toMatchObject({ refunded: 0, reserved: 0 });
});

test("two operators refunding at once make one refund at the gateway, and the loser hears why", async () => {
  const payment = await paidPayment();
  const results = await Promise.all([refundOf(payment.id, "60"), refundOf(payment.id, "60")]);
  const refusals = results.flatMap((result) => (result.ok ? [] : [result.error]));
  expect(refusals).toHaveLength(1);
  expect(refusals[0]?.message).toContain("Nothing was sent.");
  expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
});

test("a repeated click is the same refund", async () => {
  const payment = await paidPayment();
  const number = newMchRefundNo();
  const results = await Promise.all([1, 2, 3].map(() => refundOf(payment.id, "10", number)));
  expect(new Set(results.map((result) => (result.ok ? result.value : "refused"))).size).toBe(1);
  expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
});

test.each([
  ["drop-connection", { when: "after" }],
  ["drop-connection", { when: "before" }],
  ["html-answer", {}],
  ["wrong-secret", {}],
  ["system-error-after", {}],
  ["status-answer", { status: 504 }],
])("after %s %o a refund is unclear, blocks another, is found out, and is never doubled", async (kind, options) => {
  const payment = await paidPayment();
  await fault(kind, { operation: "refundOrder", ...options });
  await fault("silent");
  const id = await refunded(payment.id, "60");
  expect(await read(id)).toMatchObject({ state: "unclear", proven_by: null });
  expect(await refundOf(payment.id, "10")).toMatchObject({ ok: false, error: { kind: "one-under-way" } });
  await world.sandbox.clearFaults();
  // Until no sending can be on its way any more, asking must not send again.
  await askRefund(operator, id);
  await world.database.sql`update refunds set sent_at = now() - interval '5 minutes' where id = ${id}`;
  await askRefund(operator, id);
  await askRefund(operator, id);
  expect(["succeeded", "pending"]).toContain((await read(id)).state);
  expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
});

test("with a gateway that cannot be asked about refunds a full refund is proven by its payment", async () => {
  const payment = await paidPayment();
  await fault("drop-connection", { operation: "refundOrder", when: "after" });
  await fault("silent");
  const id = await refunded(payment.id, "100");
  await world.sandbox.clearFaults();
  await fault("not-found", { operation: "refundQuery" });
  await askRefund(operator, id);
  expect(await read(id)).toMatchObject({ state: "succeeded", proven_by: "query" });
});

test("support may look at a refund but not make one", async () => {
  const support = await world.scopeOf("support");
  const { id } = await paidPayment();
  const input = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "1", reason: "goodwill", note: "" };
  expect(await createRefund(support, input)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("a refund needs a reason the gateway can carry, and a sum in the currency's own decimals", async () => {
  const { id } = await paidPayment();
  const base = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "1", note: "" };
  expect(await createRefund(operator, { ...base, reason: "other" })).toMatchObject({
    ok: false,
    error: { fields: { note: [expect.any(String)] } },
  });
  expect(await createRefund(operator, { ...base, reason: "other", note: "A&B" })).toMatchObject({ ok: false });
  expect(await createRefund(operator, { ...base, reason: "goodwill", amount: "1.234" })).toMatchObject({
    ok: false,
    error: { fields: { amount: [expect.any(String)] } },
  });
});
