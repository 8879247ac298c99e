import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sqlClient } from "@/db/client";
import { insertCancel } from "@/db/commands/cancels";
import { CancelId, newId, newMchOrderNo, type PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { makeWorld, type World } from "@/lib/testing/world";
import { adoptPayment } from "./adopt-payment";
import { askPayment } from "./ask-payment";
import { cancelPayment } from "./cancel-payment";
import { closePayment } from "./close-payment";
import { CreatePaymentInput, createPayment } from "./create-payment";
import { settleAttention } from "./settle-attention";

let world: World;
let operator: Scope;
let support: Scope;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
  support = await world.scopeOf("support");
});
afterEach(() => world.sandbox.clearFaults());
afterAll(() => world.close());

async function pay(change: Record<string, unknown> = {}): Promise<{ id: PaymentId; mchOrderNo: string }> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({
    mchOrderNo,
    wayCode: "WX_QR",
    amount: "12.34",
    subject: "Tea",
    body: "Green tea",
    ...change,
  });
  const created = await createPayment(operator, input);
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return { id: created.value, mchOrderNo };
}

async function read(id: PaymentId) {
  const [row] = await world.database.sql`select * from payments where id = ${id}`;
  return row ?? {};
}

async function entriesOf(id: PaymentId): Promise<string[]> {
  const rows = await world.database.sql`
    select kind, from_state, to_state from timeline_entries where payment_id = ${id} order by id`;
  return rows.map((row) => (row.kind === "change" ? `${row.from_state}>${row.to_state}` : row.kind));
}

async function fault(kind: string, options: object = {}): Promise<void> {
  await world.sandbox.control("faults", { kind, ...options });
}

/** Lets the time pass after which a request of ours can no longer be on its way. */
async function letTimePass(id: PaymentId): Promise<void> {
  await world.database.sql`
    update payments set sent_at = now() - interval '10 minutes', created_at = now() - interval '10 minutes' where id = ${id}`;
}

test("a payment is stored, sent, shown as waiting with its code, and becomes paid by notification", async () => {
  const { id, mchOrderNo } = await pay();
  expect(await read(id)).toMatchObject({
    state: "waiting",
    proven_by: "answer",
    pay_data_type: "codeurl",
    amount: "1234",
  });
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  expect(await read(id)).toMatchObject({ state: "paid", proven_by: "notification", next_ask_at: null });
  expect(await entriesOf(id)).toEqual(["act", "call", "answer", "prepared>waiting", "notification", "waiting>paid"]);
});

test("a notification that arrives before the answer to the order counts, and the late answer changes nothing", async () => {
  await fault("notify-before-answer");
  const { id } = await pay();
  expect((await read(id)).state).toBe("paid");
  expect((await entriesOf(id)).filter((entry) => entry.endsWith(">paid"))).toHaveLength(1);
});

test("a double click makes one order", async () => {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "1", subject: "Tea" });
  const made = await Promise.all([1, 2, 3].map(() => createPayment(operator, input)));
  expect(new Set(made.map((result) => (result.ok ? result.value : "")))).toHaveProperty("size", 1);
  const order = await world.sandbox.control(`orders/${mchOrderNo}`);
  expect((order["calls"] as unknown[]).length).toBe(1);
});

test("a form sent again with another sum under the same number makes nothing and says so", async () => {
  const { mchOrderNo } = await pay();
  const again = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "99", subject: "Tea" });
  expect(await createPayment(operator, again)).toMatchObject({
    ok: false,
    error: { kind: "number-taken", fields: { mchOrderNo: [expect.stringContaining("Nothing was sent")] } },
  });
  const order = await world.sandbox.control(`orders/${mchOrderNo}`);
  expect(order).toMatchObject({ amount: 1234, calls: [{ operation: "unifiedOrder" }] });
});

test.each([
  ["drop-connection", { when: "after" }],
  ["drop-connection", { when: "before" }],
  ["html-answer", {}],
  ["garbage-answer", {}],
  ["huge-answer", { sizeBytes: 3_000_000 }],
  ["redirect-answer", {}],
  ["wrong-secret", {}],
  ["missing-sign", {}],
  ["system-error-after", {}],
  ["status-answer", { status: 502 }],
  ["empty-answer", {}],
])("after %s %o the payment is unclear, never failed, and asking resolves it", async (kind, options) => {
  await fault(kind, { operation: "unifiedOrder", ...options });
  const { id, mchOrderNo } = await pay();
  expect(await read(id)).toMatchObject({ state: "unclear", proven_by: null });
  await world.sandbox.clearFaults();
  await letTimePass(id);
  await askPayment(support, id);
  const wasExecuted = await world.sandbox.control(`orders/${mchOrderNo}`).then(
    () => true,
    () => false,
  );
  expect(["waiting", "created", "refused"]).toContain((await read(id)).state);
  expect((await read(id)).state === "refused").toBe(!wasExecuted);
});

test("an order the gateway does not know is not called refused while the request may still be on its way", async () => {
  await fault("drop-connection", { operation: "unifiedOrder", when: "before" });
  const { id } = await pay();
  await askPayment(support, id);
  expect((await read(id)).state).toBe("unclear");
});

test("a refusal is shown with the gateway's words and can still be overruled by the order itself", async () => {
  await fault("not-found", { operation: "query" });
  const { id } = await pay({ wayCode: "NO_SUCH_WAY" });
  const row = await read(id);
  expect(row).toMatchObject({ state: "refused" });
  expect(row.err_msg).toContain("支付方式");
});

test("a declined bar code is declined with the channel's reason, a good one is paid at once", async () => {
  const declined = await pay({ wayCode: "WX_BAR", extra: { authCode: "134567890123456789" } });
  expect(await read(declined.id)).toMatchObject({ state: "declined" });
  const good = await pay({ wayCode: "WX_BAR", extra: { authCode: "134567890123456780" } });
  expect(await read(good.id)).toMatchObject({ state: "paid" });
  expect(String((await read(good.id)).channel_extra)).not.toContain("134567890123456780");
});

test("wrong fields are named, nothing is stored and nothing is sent", async () => {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_BAR", amount: "1,2", subject: "A&B" });
  const result = await createPayment(operator, input);
  expect(result.ok).toBe(false);
  if (!result.ok)
    expect(Object.keys(result.error.fields ?? {}).sort()).toEqual(["amount", "body", "extra.authCode", "subject"]);
  await expect(world.sandbox.control(`orders/${mchOrderNo}`)).rejects.toThrow();
});

test("an unpaid order is closed, and money that comes late is loud", async () => {
  const { id, mchOrderNo } = await pay();
  expect(await closePayment(operator, id)).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ state: "closed" });
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  expect(await read(id)).toMatchObject({ state: "paid", attention: "paid-after-close" });
});

test("what was loud is quiet once a person has looked at it, unless something new came up", async () => {
  const { id, mchOrderNo } = await pay();
  await closePayment(operator, id);
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  const seen = { paymentId: id, note: "The customer came back and paid" };
  expect(await settleAttention(support, { ...seen, attention: "contradiction" })).toMatchObject({ ok: false });
  expect(await settleAttention(support, { ...seen, attention: "paid-after-close" })).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ state: "paid", attention: null });
  expect((await entriesOf(id)).at(-1)).toBe("act");
  expect(await settleAttention(support, { ...seen, attention: "paid-after-close" })).toMatchObject({ ok: false });
  const audit = await world.database.sql`
    select action, details from audit_entries where subject = ${`payment:${id}`}`;
  expect(audit).toEqual([
    {
      action: "payment.looked-at",
      details: { attention: "paid-after-close", note: "The customer came back and paid" },
    },
  ]);
});

test("a close without an answer leaves the order open until the gateway says more", async () => {
  const { id } = await pay();
  await fault("close-without-answer");
  await closePayment(operator, id);
  expect((await read(id)).state).toBe("waiting");
});

test("a payment is cancelled on its day, and nothing can be refunded of it then", async () => {
  const { id, mchOrderNo } = await pay();
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  expect(await cancelPayment(operator, id)).toMatchObject({ ok: true });
  expect(await read(id)).toMatchObject({ state: "cancelled" });
  const [cancel] = await world.database.sql`select state from cancels where payment_id = ${id}`;
  expect(cancel?.state).toBe("succeeded");
  expect(await cancelPayment(operator, id)).toMatchObject({ ok: false });
});

test("a cancel whose answer is lost is found out by asking", async () => {
  const { id, mchOrderNo } = await pay();
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  await fault("drop-connection", { operation: "cancel", when: "after" });
  await cancelPayment(operator, id);
  expect((await read(id)).state).toBe("cancelled");
});

test("a cancel that was stored and perhaps never sent is asked about without anybody doing anything", async () => {
  const { id, mchOrderNo } = await pay();
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  const { merchant_id: merchantId, next_ask_at: before } = await read(id);
  expect(before).toBeNull();
  const cancel = { merchantId, paymentId: id, id: newId(CancelId), actor: operator.viewer.personId };
  expect(await insertCancel(sqlClient(), cancel)).toBe(true);
  expect((await read(id)).next_ask_at).not.toBeNull();
});

test("an order that the gateway has numbered is never called refused, even when a question does not find it", async () => {
  await fault("unknown-state", { operation: "unifiedOrder" });
  const { id } = await pay();
  expect(await read(id)).toMatchObject({ state: "unclear", pay_order_id: expect.any(String) });
  await letTimePass(id);
  await world.sandbox.control("reset", {});
  await askPayment(support, id);
  expect((await read(id)).state).toBe("unclear");
});

test("a notification under a wrong signature is refused, kept and makes us ask", async () => {
  const { id, mchOrderNo } = await pay();
  const { attempts } = await world.sandbox.control("notify", { mchOrderNo, kind: "forged" });
  expect(JSON.stringify(attempts)).not.toContain('"success"');
  const row = await read(id);
  expect(row.state).toBe("waiting");
  expect(new Date(row.next_ask_at).getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  const [kept] = await world.database.sql`select verdict from notifications where order_no = ${mchOrderNo}`;
  expect(kept?.verdict).toBe("bad-signature");
});

test("a notification about another sum is kept, not believed, and the query settles it", async () => {
  await fault("wrong-amount");
  const { id, mchOrderNo } = await pay();
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  expect(await read(id)).toMatchObject({ state: "waiting", attention: "wrong-content" });
  await askPayment(support, id);
  expect((await read(id)).state).toBe("paid");
});

test("an order made elsewhere is adopted by its number, with the message that had come for it", async () => {
  const { id, mchOrderNo } = await pay();
  await world.database.sql`delete from timeline_entries where payment_id = ${id}`;
  await world.database.sql`delete from gateway_calls where payment_id = ${id}`;
  await world.database.sql`delete from payments where id = ${id}`;
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  const [kept] = await world.database.sql`select verdict from notifications where order_no = ${mchOrderNo}`;
  expect(kept?.verdict).toBe("unknown-order");
  const adopted = await adoptPayment(support, { number: ` ${mchOrderNo} ` });
  if (!adopted.ok) throw new Error(adopted.error.message);
  expect(await read(adopted.value)).toMatchObject({ state: "paid", amount: "1234", is_adopted: true });
  const [linked] = await world.database.sql`select payment_id from notifications where order_no = ${mchOrderNo}`;
  expect(linked?.payment_id).toBe(adopted.value);
  expect(await adoptPayment(support, { number: "NOBODY-KNOWS-THIS" })).toMatchObject({ ok: false });
});

test("support may ask but not create, close or cancel", async () => {
  const { id } = await pay();
  const input = CreatePaymentInput.parse({
    mchOrderNo: newMchOrderNo(),
    wayCode: "WX_QR",
    amount: "1",
    subject: "Tea",
  });
  for (const refused of [createPayment(support, input), closePayment(support, id), cancelPayment(support, id)]) {
    expect(await refused).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  }
  expect(await askPayment(support, id)).toMatchObject({ ok: true });
});

test("a sum that is a slip of units away from what the same was sold for needs a second look", async () => {
  const subject = `Tea ${crypto.randomUUID().slice(0, 8)}`;
  const { mchOrderNo } = await pay({ subject, amount: "12.00" });
  const input = (change: object) =>
    CreatePaymentInput.parse({ mchOrderNo: newMchOrderNo(), wayCode: "WX_QR", subject, amount: "1200", ...change });
  // Nobody has paid yet, so nothing says what is ordinary.
  expect(await createPayment(operator, input({}))).toMatchObject({ ok: true });
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  expect(await createPayment(operator, input({}))).toMatchObject({
    ok: false,
    error: { kind: "second-look", fields: { secondLook: [expect.stringContaining("twelve Hong Kong dollars")] } },
  });
  expect(await createPayment(operator, input({ secondLook: "1200" }))).toMatchObject({ ok: false });
  expect(await createPayment(operator, input({ secondLook: "120000" }))).toMatchObject({ ok: true });
  expect(await createPayment(operator, input({ subject: `${subject}, another` }))).toMatchObject({ ok: true });
});

test("the last question about an expired order is asked again until the gateway answers it", async () => {
  const { id } = await pay();
  await world.database.sql`update payments set expires_at = now() - interval '3 hours' where id = ${id}`;
  await fault("status-answer", { operation: "query" });
  await askPayment(support, id);
  expect((await read(id)).next_ask_at).not.toBeNull();
  await world.sandbox.clearFaults();
  await askPayment(support, id);
  expect((await read(id)).next_ask_at).toBeNull();
});

test("a cancel that the gateway never carried out ends, also where the gateway's record of a late payment says closed", async () => {
  const { id, mchOrderNo } = await pay({ expiredTimeSeconds: 60 });
  await world.sandbox.control("clock", { advanceMs: 120_000 });
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  await fault("drop-connection", { operation: "cancel", when: "before" });
  await cancelPayment(operator, id);
  await world.sandbox.clearFaults();
  await world.database.sql`update cancels set created_at = now() - interval '30 minutes' where payment_id = ${id}`;
  await askPayment(support, id);
  const [cancel] = await world.database.sql`select state from cancels where payment_id = ${id}`;
  expect(cancel?.state).toBe("failed");
  expect(await read(id)).toMatchObject({ state: "paid", reserved_amount: "0" });
  await world.sandbox.control("clock", { offsetMs: 0 });
});
