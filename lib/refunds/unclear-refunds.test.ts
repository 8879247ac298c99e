import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { absence } from "@/db/commands/refund-query";
import { forgetCredential } from "@/lib/credentials/open-credential";
import { newMchRefundNo } from "@/lib/domain/ids";
import { askPayment } from "@/lib/payments/ask-payment";
import { settleAttention } from "@/lib/payments/settle-attention";
import { makeRefundWorld, type RefundWorld } from "@/lib/testing/refund-world";
import { adoptRefund } from "./adopt-refund";
import { askNow } from "./ask-now";
import { askRefund } from "./ask-refund";

let world: RefundWorld;

beforeAll(async () => {
  world = await makeRefundWorld();
});
afterEach(async () => {
  await world.sandbox.clearFaults();
  await world.sandbox.control("knobs", { refundDelayMs: 0 });
});
afterAll(() => world.close());

test.each([
  ["drop-connection", { when: "after" }],
  ["drop-connection", { when: "before" }],
  ["html-answer", {}],
  ["wrong-secret", {}],
  ["system-error-after", {}],
  ["status-answer", { status: 504 }],
])("after %s %o a refund is unclear, blocks another, is found out, and is never doubled", async (kind, options) => {
  const payment = await world.paidPayment();
  await world.fault(kind, { operation: "refundOrder", ...options });
  await world.fault("silent");
  const id = await world.refunded(payment.id, "60");
  expect(await world.readRefund(id)).toMatchObject({ state: "unclear", proven_by: null });
  expect(await world.refundOf(payment.id, "10")).toMatchObject({ ok: false, error: { kind: "one-unclear" } });
  await world.sandbox.clearFaults();
  // Until no sending can be on its way any more, asking must not send again.
  await askRefund(world.operator, id);
  await world.database.sql`update refunds set sent_at = now() - interval '5 minutes' where id = ${id}`;
  await askRefund(world.operator, id);
  await askRefund(world.operator, id);
  expect(["succeeded", "pending"]).toContain((await world.readRefund(id)).state);
  expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
});

test("with a gateway that cannot be asked about refunds a full refund is proven by its payment", async () => {
  const payment = await world.paidPayment();
  await world.fault("drop-connection", { operation: "refundOrder", when: "after" });
  await world.fault("silent");
  const id = await world.refunded(payment.id, "100");
  await world.sandbox.clearFaults();
  await world.fault("not-found", { operation: "refundQuery" });
  await askRefund(world.operator, id);
  expect(await world.readRefund(id)).toMatchObject({ state: "succeeded", proven_by: "query" });
  const [proof] = await world.database.sql`
    select operation, outcome from timeline_entries join gateway_calls on gateway_calls.id = call_id
    where timeline_entries.refund_id = ${id} and to_state = 'succeeded'`;
  expect(proof).toEqual({ operation: "query", outcome: "ok" });
});

const refundQueryOf = async () => {
  const [row] = await world.database.sql`
    select refund_query, refund_query_absences from credentials where id = ${world.credentialId}`;
  return row;
};
/** Nobody has asked about a refund yet, so nothing is known of the query. */
async function refundQueryIsUnknown(): Promise<void> {
  await world.database.sql`
    update credentials set refund_query = 'unknown', refund_query_absences = 0, refund_query_absent_since = null,
      refund_query_absent_at = null where id = ${world.credentialId}`;
  forgetCredential(world.credentialId);
}
/** Lets so many minutes pass since the 404s that were counted. */
async function minutesPass(minutes: number): Promise<void> {
  await world.database.sql`
    update credentials set
      refund_query_absent_since = refund_query_absent_since - make_interval(mins => ${minutes}),
      refund_query_absent_at = refund_query_absent_at - make_interval(mins => ${minutes})`;
}
/** As if a refund had been made by an older script of the merchant with the same key: here nobody knows of it. */
async function refundsAreForgotten(paymentId: string): Promise<void> {
  const { sql } = world.database;
  await sql`delete from notifications where payment_id = ${paymentId} and kind = 'refund'`;
  await sql`delete from timeline_entries where payment_id = ${paymentId} and refund_id is not null`;
  await sql`delete from gateway_calls where payment_id = ${paymentId} and refund_id is not null`;
  await sql`delete from refunds where payment_id = ${paymentId}`;
  await sql`update payments set reserved_amount = 0, refunded_amount = 0 where id = ${paymentId}`;
}
const heldOf = async (refundId: string) => {
  const [row] = await world.database.sql`
    select is_held, effect from notifications n join refunds r on r.mch_refund_no = n.order_no where r.id = ${refundId}`;
  return row;
};

test("one 404 does not make the query of refunds missing: messages wait until it was said often, and an answer undoes it", async () => {
  await refundQueryIsUnknown();
  const payment = await world.paidPayment();
  await world.fault("drop-connection", { operation: "refundOrder", when: "after" });
  await world.fault("not-found", { operation: "refundQuery" });
  const id = await world.refunded(payment.id, "60");
  await world.sandbox.control("idle", {});
  await askRefund(world.operator, id);
  await askRefund(world.operator, id);
  expect(await refundQueryOf()).toEqual({ refund_query: "unknown", refund_query_absences: 1 });
  expect(await world.readRefund(id)).toMatchObject({ state: "unclear" });
  expect(await heldOf(id)).toMatchObject({ is_held: true, effect: null });

  // Often within a short time is one outage and not a gateway without the question.
  for (const _ of [2, 3, 4]) {
    await minutesPass(absence.apartMinutes);
    await askRefund(world.operator, id);
  }
  expect(await refundQueryOf()).toEqual({ refund_query: "unknown", refund_query_absences: 4 });
  expect(await heldOf(id)).toMatchObject({ is_held: true, effect: null });

  await minutesPass(absence.spanMinutes);
  await askRefund(world.operator, id);
  expect(await refundQueryOf()).toMatchObject({ refund_query: "missing" });
  expect(await world.readRefund(id)).toMatchObject({ state: "succeeded", proven_by: "notification" });

  await world.sandbox.clearFaults();
  await askRefund(world.operator, id);
  expect(await refundQueryOf()).toEqual({ refund_query: "available", refund_query_absences: 0 });
  await world.fault("not-found", { operation: "refundQuery" });
  for (const _ of [1, 2, 3, 4]) {
    await askRefund(world.operator, id);
    await minutesPass(absence.spanMinutes);
  }
  expect(await refundQueryOf()).toMatchObject({ refund_query: "available" });
});

test("a refund that the gateway had confirmed and no longer knows is said loudly, once, and moves nothing", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const payment = await world.paidPayment();
  const id = await world.refunded(payment.id, "40");
  const [row] = await world.database.sql`
    update refunds set mch_refund_no = ${newMchRefundNo()} where id = ${id} returning mch_refund_no`;
  expect(row).toBeDefined();
  expect(await askRefund(world.operator, id)).toMatchObject({ error: { kind: "forgotten" } });
  await askRefund(world.operator, id);
  expect(await world.readRefund(id)).toMatchObject({ state: "pending", attention: "forgotten" });
  expect(await world.sumsOf(payment.id)).toMatchObject({ reserved: 4_000, refunded: 0 });
  const told = await world.database.sql`
    select details ->> 'said' as said from timeline_entries where refund_id = ${id} and kind = 'conflict'`;
  expect(told).toEqual([{ said: "it knows no refund of this number" }]);
});

test("a forgotten refund is quiet once a person said what they found, and loud again only after it changed", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const { sql } = world.database;
  const payment = await world.paidPayment();
  const id = await world.refunded(payment.id, "40");
  const mchRefundNo = (await world.readRefund(id))["mch_refund_no"];
  const gatewayForgets = async () => {
    await sql`update refunds set mch_refund_no = ${newMchRefundNo()} where id = ${id}`;
    await askRefund(world.operator, id);
  };
  await gatewayForgets();
  const support = await world.scopeOf("support");
  const seen = { refundId: id, note: "Their support found it on the other account" };
  expect(await settleAttention(support, { ...seen, attention: "contradiction" })).toMatchObject({ ok: false });
  expect(await world.readRefund(id)).toMatchObject({ attention: "forgotten" });
  const elsewhere = { ...support, merchants: [] };
  expect(await settleAttention(elsewhere, { ...seen, attention: "forgotten" })).toMatchObject({ ok: false });
  expect(await settleAttention(support, { ...seen, attention: "forgotten" })).toMatchObject({ ok: true });
  expect(await world.readRefund(id)).toMatchObject({ state: "pending", attention: null });
  expect(await settleAttention(support, { ...seen, attention: "forgotten" })).toMatchObject({ ok: false });
  expect(
    await sql`select details from timeline_entries where refund_id = ${id} and details->>'act' = 'settle'`,
  ).toEqual([{ details: { act: "settle", attention: "forgotten", note: seen.note } }]);
  expect(await sql`select action, details from audit_entries where subject = ${`refund:${id}`}`).toEqual([
    { action: "refund.looked-at", details: { attention: "forgotten", note: seen.note } },
  ]);

  await gatewayForgets();
  expect(await world.readRefund(id)).toMatchObject({ attention: null });
  await sql`update refunds set mch_refund_no = ${mchRefundNo} where id = ${id}`;
  await world.sandbox.control("refund", { mchRefundNo, outcome: "succeed" });
  await askRefund(world.operator, id);
  expect(await world.readRefund(id)).toMatchObject({ state: "succeeded", attention: null });
  await gatewayForgets();
  expect(await world.readRefund(id)).toMatchObject({ state: "succeeded", attention: "forgotten" });
});

test("a refund made elsewhere is noticed by its notification, counted and shown", async () => {
  const payment = await world.paidPayment();
  const [paid] = await world.database.sql`select pay_order_id from payments where id = ${payment.id}`;
  const mchRefundNo = newMchRefundNo();
  await world.refundOf(payment.id, "40", mchRefundNo);
  await world.sandbox.control("idle", {});
  await refundsAreForgotten(payment.id);

  await world.sandbox.control("notify", { mchRefundNo, times: 3 });
  const [found] = await world.database.sql`select * from refunds where mch_refund_no = ${mchRefundNo}`;
  expect(found).toMatchObject({ state: "pending", origin: "elsewhere", amount: "4000", payment_id: payment.id });
  expect(paid?.pay_order_id).toBeTruthy();
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 0, reserved: 4000 });
  // How it ended is not the message's to say alone.
  await askRefund(world.operator, found?.id);
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 4000, reserved: 4000 });
  const [attention] = await world.database.sql`select attention from payments where id = ${payment.id}`;
  expect(attention?.attention).toBe("refunded-elsewhere");
});

test("a refund made elsewhere without a word to us is found by its number, counted and shown, once", async () => {
  const payment = await world.paidPayment();
  const mchRefundNo = newMchRefundNo();
  await world.refundOf(payment.id, "40", mchRefundNo);
  await world.sandbox.control("idle", {});
  await refundsAreForgotten(payment.id);

  expect(await adoptRefund(world.operator, "R-NOBODY")).toMatchObject({ error: { kind: "not-found" } });
  const adopted = await adoptRefund(world.operator, mchRefundNo);
  if (!adopted.ok) throw new Error(adopted.error.message);
  expect(await world.readRefund(adopted.value)).toMatchObject({
    state: "succeeded",
    origin: "elsewhere",
    proven_by: "query",
    amount: "4000",
  });
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 4_000, reserved: 4_000 });
  expect(await adoptRefund(world.operator, mchRefundNo)).toMatchObject({ ok: false });
  expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 4_000, reserved: 4_000 });
  const [proof] = await world.database.sql`
    select operation from timeline_entries join gateway_calls on gateway_calls.id = call_id
    where timeline_entries.refund_id = ${adopted.value} and to_state = 'succeeded'`;
  expect(proof).toEqual({ operation: "refundQuery" });
});

test("a gateway that gives no usable answer has not said that there is no such refund", async () => {
  for (const [kind, said] of [
    ["html-answer", "unreadable"],
    ["drop-connection", "interrupted"],
    ["not-found", "not-found"],
  ] as const) {
    await world.fault(kind, { operation: "refundQuery" });
    expect(await adoptRefund(world.operator, "R-NOBODY")).toMatchObject({ error: { kind: said } });
    await world.sandbox.clearFaults();
  }
});

test("a payment that the gateway calls refunded, though we refunded less, says that it happened elsewhere", async () => {
  const payment = await world.paidPayment();
  const id = await world.refunded(payment.id, "100");
  await world.database.sql`update refunds set state = 'stopped' where id = ${id}`;
  await world.database.sql`update payments set reserved_amount = 0, refunded_amount = 0 where id = ${payment.id}`;
  await askPayment(world.operator, payment.id);
  const [row] = await world.database.sql`select state, attention from payments where id = ${payment.id}`;
  expect(row).toMatchObject({ state: "refunded", attention: "refunded-elsewhere" });
});

test("asking about a payment asks about its refund too, of which the payment itself would say nothing", async () => {
  const payment = await world.paidPayment();
  await world.fault("drop-connection", { operation: "refundOrder", when: "after" });
  const id = await world.refunded(payment.id, "35");
  await world.sandbox.clearFaults();
  const asked = await askNow(world.operator, payment.id);
  expect(asked).toMatchObject({ ok: true, value: { news: "About the refund: The gateway says: succeeded." } });
  expect(await world.readRefund(id)).toMatchObject({ state: "succeeded", proven_by: "query" });
  expect(await askNow(world.operator, payment.id)).toMatchObject({
    value: { news: expect.not.stringContaining("refund:") },
  });
});
