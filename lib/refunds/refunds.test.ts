import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { setHoldSeconds } from "@/db/commands/refund-control";
import { newMchRefundNo } from "@/lib/domain/ids";
import { askDue } from "@/lib/payments/ask-due";
import { makeRefundWorld, type RefundWorld } from "@/lib/testing/refund-world";
import { askRefund } from "./ask-refund";
import { createRefund } from "./create-refund";
import { stopRefund } from "./stop-refund";

let world: RefundWorld;

beforeAll(async () => {
  world = await makeRefundWorld();
});
afterEach(async () => {
  await world.sandbox.clearFaults();
  await world.sandbox.control("knobs", { refundDelayMs: 0 });
});
afterAll(() => world.close());

test("a part and then the rest are refunded, and the gateway then calls the payment refunded", async () => {
  const payment = await world.paidPayment();
  expect(await world.readRefund(await world.refunded(payment.id, "35.00"))).toMatchObject({ state: "succeeded" });
  expect(await world.sumsOf(payment.id)).toEqual({ refunded: 3500, reserved: 3500, state: "paid" });
  expect(await world.refundOf(payment.id, "65.01")).toMatchObject({ ok: false, error: { kind: "exceeds-rest" } });
  await world.refunded(payment.id, "65");
  await world.database.sql`update payments set next_ask_at = now() where id = ${payment.id}`;
  await askDue({ limit: 10, atOnce: 2 });
  expect(await world.sumsOf(payment.id)).toEqual({ refunded: 10_000, reserved: 10_000, state: "refunded" });
});

test("a refund under way waits for its notification, and another one waits in the queue for it", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const payment = await world.paidPayment();
  const id = await world.refunded(payment.id, "35.00");
  expect(await world.readRefund(id)).toMatchObject({ state: "pending", proven_by: "answer" });
  const second = await world.refunded(payment.id, "10.00");
  expect(await world.readRefund(second)).toMatchObject({ state: "prepared", send_count: 0 });
  expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);

  await world.sandbox.control("knobs", { refundDelayMs: 0 });
  const { mch_refund_no: mchRefundNo } = await world.readRefund(id);
  await world.sandbox.control("refund", { mchRefundNo, outcome: "succeed" });
  await world.sandbox.control("idle", {});
  // The message alone ends no refund: it makes us ask.
  expect(await world.readRefund(id)).toMatchObject({ state: "pending", proven_by: "answer" });
  await askDue({ limit: 50, atOnce: 4 });
  expect(await world.readRefund(id)).toMatchObject({ state: "succeeded", proven_by: "query" });
  await askDue({ limit: 50, atOnce: 4 });
  await world.sandbox.control("idle", {});
  expect(await world.readRefund(second)).toMatchObject({ state: "succeeded", send_count: 1 });
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 4500, reserved: 4500 });
});

test("a refund that the gateway cannot take beside one made elsewhere goes back into the queue", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const payment = await world.paidPayment();
  const elsewhere = await world.refunded(payment.id, "35.00");
  // As if the first one had been made by an older script: we know nothing of it.
  await world.database.sql`update refunds set state = 'stopped' where id = ${elsewhere}`;
  const ours = await world.refunded(payment.id, "10.00");
  expect(await world.readRefund(ours)).toMatchObject({ state: "prepared", send_count: 1 });
  expect(String((await world.readRefund(ours)).err_msg)).toContain("在途退款");
});

test("a held refund is not sent before its time, can be stopped, and then never is", async () => {
  await setHoldSeconds(world.database.sql, "test", 10);
  try {
    const payment = await world.paidPayment();
    const stopped = await world.refunded(payment.id, "35.00");
    const kept = await world.refunded(payment.id, "10.00");
    expect(await world.readRefund(stopped)).toMatchObject({ state: "prepared", send_count: 0 });
    await askRefund(world.operator, stopped);
    expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(0);
    expect(await stopRefund(world.operator, stopped)).toMatchObject({ ok: true });
    expect(await stopRefund(world.operator, stopped)).toMatchObject({ ok: true });
    expect(await world.sumsOf(payment.id)).toMatchObject({ reserved: 1000 });
    await world.database.sql`
      update refunds set held_until = now(), next_ask_at = now() where payment_id = ${payment.id} and state = 'prepared'`;
    await askDue({ limit: 50, atOnce: 4 });
    expect(await world.readRefund(stopped)).toMatchObject({ state: "stopped", send_count: 0 });
    expect(await world.readRefund(kept)).toMatchObject({ state: "succeeded" });
    expect(await stopRefund(world.operator, kept)).toMatchObject({ ok: false, error: { kind: "too-late" } });
  } finally {
    await setHoldSeconds(world.database.sql, "test", 0);
  }
});

test("a sum that is a slip of units away from the payment needs a second look", async () => {
  const payment = await world.paidPayment("100.00");
  const input = { paymentId: payment.id, mchRefundNo: newMchRefundNo(), amount: "1.00", reason: "goodwill", note: "" };
  expect(await createRefund(world.operator, { ...input, secondLook: "" })).toMatchObject({
    ok: false,
    error: { kind: "second-look" },
  });
  expect(await createRefund(world.operator, { ...input, secondLook: "10000" })).toMatchObject({ ok: false });
  expect(await createRefund(world.operator, { ...input, secondLook: "100" })).toMatchObject({ ok: true });
});

test("a refund that the gateway ends as failed gives its money free", async () => {
  await world.fault("fail-refund");
  const payment = await world.paidPayment();
  expect(await world.readRefund(await world.refunded(payment.id, "35.00"))).toMatchObject({ state: "failed" });
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 0, reserved: 0 });
});

test("a refund that the gateway refuses failed, but nothing proves it, because refusals are not signed", async () => {
  const payment = await world.paidPayment();
  await world.fault("swapped-environment", { operation: "refundOrder" });
  const id = await world.refunded(payment.id, "35.00");
  expect(await world.readRefund(id)).toMatchObject({ state: "failed", proven_by: null });
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 0, reserved: 0 });
});

test("two operators refunding at once make one refund at the gateway, and the loser hears why", async () => {
  const payment = await world.paidPayment();
  const results = await Promise.all([world.refundOf(payment.id, "60"), world.refundOf(payment.id, "60")]);
  const refusals = results.flatMap((result) => (result.ok ? [] : [result.error]));
  expect(refusals).toHaveLength(1);
  expect(refusals[0]?.message).toContain("Nothing was sent.");
  expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
});

test("a repeated click is the same refund", async () => {
  const payment = await world.paidPayment();
  const number = newMchRefundNo();
  const results = await Promise.all([1, 2, 3].map(() => world.refundOf(payment.id, "10", number)));
  expect(new Set(results.map((result) => (result.ok ? result.value.id : "refused"))).size).toBe(1);
  expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
});

test("support may look at a refund but not make one", async () => {
  const support = await world.scopeOf("support");
  const { id } = await world.paidPayment();
  const input = {
    paymentId: id,
    mchRefundNo: newMchRefundNo(),
    amount: "1",
    reason: "goodwill",
    note: "",
    secondLook: "",
  };
  expect(await createRefund(support, input)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("a refund needs a reason the gateway can carry, and a sum in the currency's own decimals", async () => {
  const { id } = await world.paidPayment();
  const base = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "1", note: "", secondLook: "" };
  expect(await createRefund(world.operator, { ...base, reason: "other" })).toMatchObject({
    ok: false,
    error: { fields: { note: [expect.any(String)] } },
  });
  expect(await createRefund(world.operator, { ...base, reason: "other", note: "A&B" })).toMatchObject({ ok: false });
  expect(await createRefund(world.operator, { ...base, reason: "goodwill", amount: "1.234" })).toMatchObject({
    ok: false,
    error: { fields: { amount: [expect.any(String)] } },
  });
});
