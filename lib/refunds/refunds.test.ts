import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { setHoldSeconds, setRefundLimit } from "@/db/commands/refund-control";
import {
  countOpenRequests,
  findRefundRequest,
  listRefundRequests,
  readRequestFilter,
} from "@/db/queries/refund-requests";
import { readRefundRules, spentAlone } from "@/db/queries/refund-rules";
import { newMchOrderNo, newMchRefundNo, type PaymentId, type RefundId } from "@/lib/domain/ids";
import { gatewayDay } from "@/lib/domain/possible-acts";
import type { Scope } from "@/lib/domain/viewer";
import { askDue } from "@/lib/payments/ask-due";
import { askPayment } from "@/lib/payments/ask-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { askRefund } from "./ask-refund";
import { changeHold, changeRefundLimit } from "./change-refund-rules";
import { createRefund } from "./create-refund";
import { approveRefund, editRequest, endRequest } from "./decide-request";
import { stopRefund } from "./stop-refund";

let world: World;
let operator: Scope;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
  await setHoldSeconds(world.database.sql, "test", 0);
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
  return createRefund(operator, { paymentId, mchRefundNo, amount, reason: "goodwill", note: "", secondLook: "" });
}

async function refunded(paymentId: PaymentId, amount: string): Promise<RefundId> {
  const result = await refundOf(paymentId, amount);
  if (!result.ok) throw new Error(result.error.message);
  if (result.value.kind !== "refund") throw new Error("It became a request.");
  return result.value.id;
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

test("a refund under way waits for its notification, and another one waits in the queue for it", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const payment = await paidPayment();
  const id = await refunded(payment.id, "35.00");
  expect(await read(id)).toMatchObject({ state: "pending", proven_by: "answer" });
  const second = await refunded(payment.id, "10.00");
  expect(await read(second)).toMatchObject({ state: "prepared", send_count: 0 });
  expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);

  await world.sandbox.control("knobs", { refundDelayMs: 0 });
  const { mch_refund_no: mchRefundNo } = await read(id);
  await world.sandbox.control("refund", { mchRefundNo, outcome: "succeed" });
  await world.sandbox.control("idle", {});
  expect(await read(id)).toMatchObject({ state: "succeeded", proven_by: "notification" });
  await askDue({ limit: 50, atOnce: 4 });
  await world.sandbox.control("idle", {});
  expect(await read(second)).toMatchObject({ state: "succeeded", send_count: 1 });
  expect(await sumsOf(payment.id)).toMatchObject({ refunded: 4500, reserved: 4500 });
});

test("a refund that the gateway cannot take beside one made elsewhere goes back into the queue", async () => {
  await world.sandbox.control("knobs", { refundDelayMs: 3_600_000 });
  const payment = await paidPayment();
  const elsewhere = await refunded(payment.id, "35.00");
  // As if the first one had been made by an older script: we know nothing of it.
  await world.database.sql`update refunds set state = 'stopped' where id = ${elsewhere}`;
  const ours = await refunded(payment.id, "10.00");
  expect(await read(ours)).toMatchObject({ state: "prepared", send_count: 1 });
  expect(String((await read(ours)).err_msg)).toContain("在途退款");
});

test("a held refund is not sent before its time, can be stopped, and then never is", async () => {
  await setHoldSeconds(world.database.sql, "test", 10);
  try {
    const payment = await paidPayment();
    const stopped = await refunded(payment.id, "35.00");
    const kept = await refunded(payment.id, "10.00");
    expect(await read(stopped)).toMatchObject({ state: "prepared", send_count: 0 });
    await askRefund(operator, stopped);
    expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(0);
    expect(await stopRefund(operator, stopped)).toMatchObject({ ok: true });
    expect(await sumsOf(payment.id)).toMatchObject({ reserved: 1000 });
    await world.database.sql`
      update refunds set held_until = now(), next_ask_at = now() where payment_id = ${payment.id} and state = 'prepared'`;
    await askDue({ limit: 50, atOnce: 4 });
    expect(await read(stopped)).toMatchObject({ state: "stopped", send_count: 0 });
    expect(await read(kept)).toMatchObject({ state: "succeeded" });
    expect(await stopRefund(operator, kept)).toMatchObject({ ok: false, error: { kind: "too-late" } });
  } finally {
    await setHoldSeconds(world.database.sql, "test", 0);
  }
});

test("a sum that is a slip of units away from the payment needs a second look", async () => {
  const payment = await paidPayment("100.00");
  const input = { paymentId: payment.id, mchRefundNo: newMchRefundNo(), amount: "1.00", reason: "goodwill", note: "" };
  expect(await createRefund(operator, { ...input, secondLook: "" })).toMatchObject({
    ok: false,
    error: { kind: "second-look" },
  });
  expect(await createRefund(operator, { ...input, secondLook: "10000" })).toMatchObject({ ok: false });
  expect(await createRefund(operator, { ...input, secondLook: "100" })).toMatchObject({ ok: true });
});

test("above the ceiling of a role a refund becomes a request that only another person approves", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 2_000, perDay: null };
  await setRefundLimit(world.database.sql, "test", limit);
  try {
    const payment = await paidPayment();
    const made = await refundOf(payment.id, "50.00");
    if (!made.ok || made.value.kind !== "request") throw new Error("It was not held back.");
    const requestId = made.value.id;
    expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(0);
    expect(await approveRefund(operator, { requestId, revision: 1 })).toMatchObject({ error: { kind: "own-request" } });

    const edited = { amount: "60.00", reason: "goodwill", note: "", secondLook: "" };
    expect(await editRequest(operator, { requestId, revision: 1 }, edited)).toMatchObject({ ok: true });
    const second = await world.scopeOf("operator");
    expect(await approveRefund(second, { requestId, revision: 1 })).toMatchObject({ error: { kind: "changed" } });
    expect(await approveRefund(await world.scopeOf("support"), { requestId, revision: 2 })).toMatchObject({
      error: { kind: "not-allowed" },
    });
    const approvals = await Promise.all([1, 2, 3].map(() => approveRefund(second, { requestId, revision: 2 })));
    expect(approvals.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
    expect(await sumsOf(payment.id)).toMatchObject({ refunded: 6000, reserved: 6000 });
    const [row] = await world.database.sql`select state, decided_by from refund_requests where id = ${requestId}`;
    expect(row).toMatchObject({ state: "approved", decided_by: second.viewer.personId });
    expect(await endRequest(second, { requestId, revision: 2 }, { to: "declined", note: null })).toMatchObject({
      error: { kind: "decided" },
    });
  } finally {
    await setRefundLimit(world.database.sql, "test", { ...limit, perRefund: null });
  }
});

test("only an admin changes the rules of refunds, and every change is in the audit", async () => {
  const limit = { role: "support" as const, currency: "JPY", perRefund: 500, perDay: null };
  expect(await changeHold(operator, 60, null)).toMatchObject({ error: { kind: "not-allowed" } });
  expect(await changeRefundLimit(operator, limit, null)).toMatchObject({ error: { kind: "not-allowed" } });
  const admin = await world.scopeOf("admin");
  expect(await changeHold(admin, 301, null)).toMatchObject({
    error: { fields: { holdSeconds: [expect.any(String)] } },
  });
  expect(await changeRefundLimit(admin, limit, "192.0.2.7")).toMatchObject({ ok: true });
  expect((await readRefundRules("test")).limits).toContainEqual(limit);
  const audit = await world.database.sql`
    select details from audit_entries where action = 'refund-limit.changed' and address = '192.0.2.7'`;
  expect(audit).toEqual([{ details: expect.objectContaining({ currency: "JPY", perRefund: 500 }) }]);
});

test("what is asked for is listed with who asks, only in its environment, and its changes are told", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 0, perDay: null };
  await setRefundLimit(world.database.sql, "test", limit);
  try {
    const payment = await paidPayment();
    const open = async () => {
      const window = { sort: { by: "createdAt", direction: "desc" }, after: null, before: null } as const;
      return (await listRefundRequests(operator, { filter: readRequestFilter({}), window })).rows.map(({ id }) => id);
    };
    const before = await countOpenRequests(operator);
    const made = await refundOf(payment.id, "50.00");
    if (!made.ok || made.value.kind !== "request") throw new Error("It was not held back.");
    const requestId = made.value.id;
    expect(await open()).toContain(requestId);
    expect(await countOpenRequests(operator)).toBe(before + 1);
    expect(await countOpenRequests(operator, 1)).toBe(1);
    expect(await findRefundRequest(operator, requestId)).toMatchObject({
      makerName: "Mei Lam",
      because: expect.stringContaining("operator"),
      payment: { mchOrderNo: payment.mchOrderNo, amount: 10_000 },
    });
    expect(await findRefundRequest({ ...operator, merchants: [] }, requestId)).toBeNull();
    const edited = { amount: "60.00", reason: "other", note: "Half of it broke", secondLook: "" };
    await editRequest(operator, { requestId, revision: 1 }, edited);
    await endRequest(operator, { requestId, revision: 2 }, { to: "withdrawn", note: null });
    expect(await open()).not.toContain(requestId);
    const told = await world.database.sql`
      select details ->> 'act' as act, details ->> 'amount' as amount from timeline_entries
      where payment_id = ${payment.id} and details ->> 'number' is not null order by id`;
    expect(told.map(({ act, amount }) => `${act} ${amount}`)).toEqual([
      "request-refund 5000",
      "edited-refund 6000",
      "withdrawn-refund 6000",
    ]);
  } finally {
    await setRefundLimit(world.database.sql, "test", { ...limit, perRefund: null });
  }
});

test("a maker who lost the right in between cannot be approved", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 0, perDay: null };
  await setRefundLimit(world.database.sql, "test", limit);
  try {
    const maker = await world.scopeOf("operator");
    const payment = await paidPayment();
    const input = {
      paymentId: payment.id,
      mchRefundNo: newMchRefundNo(),
      amount: "5",
      reason: "goodwill",
      note: "",
      secondLook: "",
    };
    const made = await createRefund(maker, input);
    if (!made.ok || made.value.kind !== "request") throw new Error("It was not held back.");
    await world.database.sql`update people set role = 'support' where id = ${maker.viewer.personId}`;
    const approval = await approveRefund(operator, { requestId: made.value.id, revision: 1 });
    expect(approval).toMatchObject({ error: { kind: "maker-lost-right" } });
  } finally {
    await setRefundLimit(world.database.sql, "test", { ...limit, perRefund: null });
  }
});

test("the day's allowance of a person holds for sixteen tabs at once", async () => {
  const person = await world.scopeOf("operator");
  await setRefundLimit(world.database.sql, "test", {
    role: "operator",
    currency: "HKD",
    perRefund: null,
    perDay: 2_500,
  });
  try {
    const payments = await Promise.all(Array.from({ length: 16 }, () => paidPayment()));
    const results = await Promise.all(
      payments.map(({ id }) =>
        createRefund(person, {
          paymentId: id,
          mchRefundNo: newMchRefundNo(),
          amount: "10",
          reason: "goodwill",
          note: "",
          secondLook: "",
        }),
      ),
    );
    const kinds = results.map((result) => (result.ok ? result.value.kind : result.error.kind));
    expect(kinds.filter((kind) => kind === "refund")).toHaveLength(2);
    expect(kinds.filter((kind) => kind === "request")).toHaveLength(14);
    const sums = await Promise.all(payments.map(({ id }) => sumsOf(id)));
    expect(sums.reduce((total, { reserved }) => total + reserved, 0)).toBe(2_000);
    expect(await spentAlone(person, { day: gatewayDay(new Date()), currency: "HKD" })).toBe(2_000);
    expect(await spentAlone(operator, { day: "2020-01-01", currency: "HKD" })).toBe(0);
  } finally {
    await setRefundLimit(world.database.sql, "test", {
      role: "operator",
      currency: "HKD",
      perRefund: null,
      perDay: null,
    });
  }
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
  expect(new Set(results.map((result) => (result.ok ? result.value.id : "refused"))).size).toBe(1);
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
  expect(await refundOf(payment.id, "10")).toMatchObject({ ok: false, error: { kind: "one-unclear" } });
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
  const { id } = await paidPayment();
  const base = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "1", note: "", secondLook: "" };
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

test("a refund made elsewhere is noticed by its notification, counted and shown", async () => {
  const payment = await paidPayment();
  const [paid] = await world.database.sql`select pay_order_id from payments where id = ${payment.id}`;
  // An older script of the merchant with the same key, which gave our notify address.
  const mchRefundNo = newMchRefundNo();
  await refundOf(payment.id, "40", mchRefundNo);
  await world.sandbox.control("idle", {});
  await world.database.sql`delete from notifications where payment_id = ${payment.id} and kind = 'refund'`;
  await world.database.sql`delete from timeline_entries where payment_id = ${payment.id} and refund_id is not null`;
  await world.database.sql`delete from gateway_calls where payment_id = ${payment.id} and refund_id is not null`;
  await world.database.sql`delete from refunds where payment_id = ${payment.id}`;
  await world.database.sql`update payments set reserved_amount = 0, refunded_amount = 0 where id = ${payment.id}`;

  await world.sandbox.control("notify", { mchRefundNo, times: 3 });
  const [found] = await world.database.sql`select * from refunds where mch_refund_no = ${mchRefundNo}`;
  expect(found).toMatchObject({ state: "succeeded", origin: "elsewhere", amount: "4000", payment_id: payment.id });
  expect(paid?.pay_order_id).toBeTruthy();
  expect(await sumsOf(payment.id)).toMatchObject({ refunded: 4000, reserved: 4000 });
  const [attention] = await world.database.sql`select attention from payments where id = ${payment.id}`;
  expect(attention?.attention).toBe("refunded-elsewhere");
});

test("a payment that the gateway calls refunded, though we refunded less, says that it happened elsewhere", async () => {
  const payment = await paidPayment();
  const id = await refunded(payment.id, "100");
  await world.database.sql`update refunds set state = 'stopped' where id = ${id}`;
  await world.database.sql`update payments set reserved_amount = 0, refunded_amount = 0 where id = ${payment.id}`;
  await askPayment(operator, payment.id);
  const [row] = await world.database.sql`select state, attention from payments where id = ${payment.id}`;
  expect(row).toMatchObject({ state: "refunded", attention: "refunded-elsewhere" });
});
