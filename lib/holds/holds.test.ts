import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sqlClient } from "@/db/client";
import { saveHoldRules } from "@/db/commands/holds";
import { findByNumber } from "@/db/queries/find-by-number";
import { type HoldRules, noHoldRules } from "@/lib/domain/holds";
import { MerchantId, newHoldActNo, newMchOrderNo, newMchRefundNo, type PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { askPayment } from "@/lib/payments/ask-payment";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { createRefund } from "@/lib/refunds/create-refund";
import { CreateRefundInput } from "@/lib/refunds/refund-input";
import { makeWorld, type World } from "@/lib/testing/world";
import { completeHold } from "./complete-hold";
import { releaseHold } from "./release-hold";

// Invented names: nobody has published the real ones.
const holds = {
  completePath: "/api/made-up/take",
  releasePath: "/api/made-up/free",
  orderField: "holdOrderNo",
  amountField: "takeAmount",
  numberField: "takeNo",
  completedState: 21,
  releasedState: 22,
  isPartAllowed: true,
};
const operation = { orderField: "holdOrderNo", orderNumber: "ours", numberField: "takeNo" } as const;
const rules: HoldRules = {
  ...noHoldRules,
  lifetimeHours: 24,
  complete: {
    ...operation,
    path: holds.completePath,
    amountField: "takeAmount",
    doneState: 21,
    isPartAllowed: true,
  },
  release: { ...operation, path: holds.releasePath, amountField: null, doneState: 22, isPartAllowed: false },
};

let world: World;
let operator: Scope;
let support: Scope;
let merchantId: MerchantId;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
  support = await world.scopeOf("support");
  merchantId = MerchantId.parse(operator.merchants[0]?.merchantId);
  await world.sandbox.control("holds", holds);
});
beforeEach(() => setRules(rules));
afterEach(() => world.sandbox.clearFaults());
afterAll(() => world.close());

function setRules(to: HoldRules): Promise<void> {
  return saveHoldRules(sqlClient(), { merchantId, credentialId: world.credentialId, rules: to, actor: "script" });
}

async function order(change: Record<string, unknown> = {}): Promise<{ id: PaymentId; mchOrderNo: string }> {
  const mchOrderNo = newMchOrderNo();
  const typed = { mchOrderNo, wayCode: "UP_OP", amount: "100.00", subject: `Room ${mchOrderNo}`, hold: "1", ...change };
  const created = await createPayment(operator, CreatePaymentInput.parse(typed));
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return { id: created.value, mchOrderNo };
}

async function held(change: Record<string, unknown> = {}) {
  const payment = await order(change);
  await world.sandbox.control("pay", { mchOrderNo: payment.mchOrderNo, awaitNotification: true });
  return payment;
}

function complete(paymentId: PaymentId, amount = "100.00", number = newHoldActNo()) {
  return completeHold(operator, { paymentId, number, amount, secondLook: "" });
}

async function read(id: PaymentId) {
  const [row] = await world.database.sql`
    select state, amount::int, held_amount::int, held_at, paid_at, reserved_amount::int, attention, proven_by,
      next_ask_at from payments where id = ${id}`;
  return row ?? {};
}

async function actsOf(id: PaymentId): Promise<string[]> {
  const rows = await world.database.sql`
    select kind, state, amount from hold_acts where payment_id = ${id} order by created_at, id`;
  return rows.map((row) => `${row.kind} ${row.amount} ${row.state}`);
}

async function atGateway(mchOrderNo: string) {
  return (await world.sandbox.control(`orders/${mchOrderNo}`)) as {
    state: number;
    takenAmount?: number;
    holdExecutions?: number;
  };
}

async function fault(kind: string, options: object): Promise<void> {
  await world.sandbox.control("faults", { kind, ...options });
}

async function letHoursPass(id: PaymentId, hours: number): Promise<void> {
  await world.database.sql`
    update hold_acts set created_at = created_at - make_interval(hours => ${hours}) where payment_id = ${id}`;
}

test("what the gateway calls paid is held, and nothing of it counts as paid", async () => {
  const { id } = await held();
  expect(await read(id)).toMatchObject({ state: "held", amount: 10_000, held_amount: 10_000, paid_at: null });
  const refund = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "30.00", reason: "goodwill" };
  const refunded = await createRefund(operator, CreateRefundInput.parse(refund));
  expect(refunded).toMatchObject({ ok: false, error: { message: expect.stringContaining("only held") } });
  expect(await cancelPayment(operator, id)).toMatchObject({ ok: false, error: { kind: "not-possible" } });
});

test("the same state of an order that is no hold is paid", async () => {
  const { id } = await held({ hold: "" });
  expect(await read(id)).toMatchObject({ state: "paid", held_amount: null });
});

test("an order of a way that only holds is a hold, whatever its maker said", async () => {
  await setRules({ ...rules, wayCodes: ["YSF_QR"] });
  const { id } = await held({ hold: "", wayCode: "YSF_QR" });
  expect(await read(id)).toMatchObject({ state: "held" });
});

test("a completed hold is paid, and its money can go back", async () => {
  const { id, mchOrderNo } = await held();
  expect(await complete(id)).toEqual({ ok: true, value: { kind: "done" } });
  expect(await read(id)).toMatchObject({ state: "paid", amount: 10_000, attention: null });
  expect((await read(id))["paid_at"]).not.toBeNull();
  expect(await atGateway(mchOrderNo)).toMatchObject({ state: 21, takenAmount: 10_000, holdExecutions: 1 });
  const refund = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "30.00", reason: "goodwill" };
  expect(await createRefund(operator, CreateRefundInput.parse(refund))).toMatchObject({ ok: true });
});

test("of a part that was taken no more than that part can go back", async () => {
  const { id, mchOrderNo } = await held();
  expect(await complete(id, "60.00")).toEqual({ ok: true, value: { kind: "done" } });
  expect(await read(id)).toMatchObject({ state: "paid", amount: 6_000, held_amount: 10_000, attention: null });
  expect(await atGateway(mchOrderNo)).toMatchObject({ takenAmount: 6_000 });
  const refund = { paymentId: id, mchRefundNo: newMchRefundNo(), amount: "60.01", reason: "goodwill" };
  expect(await createRefund(operator, CreateRefundInput.parse(refund))).toMatchObject({ ok: false });
});

test("a released hold is over, nothing was paid, and a late message does not bring it back", async () => {
  const { id, mchOrderNo } = await held();
  const released = await releaseHold(operator, { paymentId: id, number: newHoldActNo() });
  expect(released).toEqual({ ok: true, value: { kind: "done" } });
  expect(await read(id)).toMatchObject({ state: "cancelled", paid_at: null });
  expect(await atGateway(mchOrderNo)).toMatchObject({ state: 22, holdExecutions: 1 });
  await world.sandbox.control("notify", { mchOrderNo, kind: "payment", times: 2 });
  expect(await read(id)).toMatchObject({ state: "cancelled", attention: null });
});

test("without rules nothing is sent, and the answer says who can enter them", async () => {
  await setRules(noHoldRules);
  const { id, mchOrderNo } = await held();
  for (const attempt of [complete(id), releaseHold(operator, { paymentId: id, number: newHoldActNo() })]) {
    expect(await attempt).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("An admin enters it") },
    });
  }
  expect(await actsOf(id)).toEqual([]);
  expect((await atGateway(mchOrderNo)).holdExecutions).toBeUndefined();
});

test("more than is held, a part where none is allowed, and a slip of units are stopped before anything is sent", async () => {
  const { id } = await held();
  expect(await complete(id, "100.01")).toMatchObject({ ok: false, error: { fields: { amount: [expect.anything()] } } });
  expect(await complete(id, "1.00")).toMatchObject({ ok: false, error: { kind: "second-look" } });
  await setRules({ ...rules, complete: rules.complete && { ...rules.complete, isPartAllowed: false } });
  expect(await complete(id, "60.00")).toMatchObject({ ok: false, error: { kind: "invalid-amount" } });
  expect(await actsOf(id)).toEqual([]);
});

test("of sixteen completions and releases at once the gateway hears of one", async () => {
  const { id, mchOrderNo } = await held();
  const attempts = Array.from({ length: 16 }, (_, index) =>
    index % 2 === 0 ? complete(id) : releaseHold(operator, { paymentId: id, number: newHoldActNo() }),
  );
  const outcomes = await Promise.all(attempts);
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect((await atGateway(mchOrderNo)).holdExecutions).toBe(1);
  expect(await actsOf(id)).toHaveLength(1);
});

test("a second click is the act of the first one", async () => {
  const { id, mchOrderNo } = await held();
  const number = newHoldActNo();
  const clicks = await Promise.all([complete(id, "60.00", number), complete(id, "60.00", number)]);
  for (const click of clicks) expect(click).toMatchObject({ ok: true });
  expect(await complete(id, "60.00", number)).toEqual({ ok: true, value: { kind: "done" } });
  expect((await atGateway(mchOrderNo)).holdExecutions).toBe(1);
});

test.each([
  ["drop-connection", { when: "after" }],
  ["empty-answer", {}],
  ["wrong-secret", {}],
  ["system-error-after", {}],
])("after %s the question that follows tells that the completion was carried out", async (kind, options) => {
  const { id, mchOrderNo } = await held();
  await fault(kind, { mchOrderNo, operation: "holdComplete", ...options });
  expect(await complete(id)).toMatchObject({ ok: true });
  await askPayment(support, id);
  expect(await read(id)).toMatchObject({ state: "paid" });
  expect(await actsOf(id)).toEqual(["complete 10000 succeeded"]);
  expect((await atGateway(mchOrderNo)).holdExecutions).toBe(1);
});

test("what was lost before the gateway heard of it blocks the hold until the gateway has long said that it stands", async () => {
  const { id, mchOrderNo } = await held();
  await fault("drop-connection", { mchOrderNo, operation: "holdComplete", when: "before" });
  expect(await complete(id)).toMatchObject({ ok: true, value: { kind: "unclear" } });
  expect(await actsOf(id)).toEqual(["complete 10000 unclear"]);
  expect(await complete(id)).toMatchObject({ ok: false, error: { message: expect.stringContaining("under way") } });
  expect((await read(id))["next_ask_at"]).not.toBeNull();
  await letHoursPass(id, 1);
  await askPayment(support, id);
  expect(await actsOf(id)).toEqual(["complete 10000 failed"]);
  await world.sandbox.clearFaults();
  expect(await complete(id)).toEqual({ ok: true, value: { kind: "done" } });
  expect((await atGateway(mchOrderNo)).holdExecutions).toBe(1);
});

test("a refusal is said as the gateway said it, and the hold can be tried again", async () => {
  const { id } = await held();
  const complete30 = rules.complete && { ...rules.complete, orderField: "noSuchName" };
  await setRules({ ...rules, complete: complete30 });
  expect(await complete(id)).toMatchObject({ ok: true, value: { kind: "refused" } });
  expect(await read(id)).toMatchObject({ state: "held" });
  await setRules(rules);
  expect(await complete(id)).toEqual({ ok: true, value: { kind: "done" } });
});

test("a hold that was completed elsewhere is paid and asks for a look", async () => {
  const { id, mchOrderNo } = await held();
  await setRules({ ...rules, complete: rules.complete && { ...rules.complete, doneState: 2 }, heldState: 7 });
  await askPayment(support, id);
  expect(await read(id)).toMatchObject({ state: "paid", amount: 10_000, attention: "completed-elsewhere" });
  expect((await atGateway(mchOrderNo)).holdExecutions).toBeUndefined();
});

test("every call is kept with what was signed, and the support role may do neither", async () => {
  const { id, mchOrderNo } = await held();
  expect(
    await completeHold(support, { paymentId: id, number: newHoldActNo(), amount: "100.00", secondLook: "" }),
  ).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  expect(await releaseHold(support, { paymentId: id, number: newHoldActNo() })).toMatchObject({
    ok: false,
    error: { kind: "not-allowed" },
  });
  const number = newHoldActNo();
  await complete(id, "100.00", number);
  const [call] = await world.database.sql`
    select url, request_fields, signed_text, outcome from gateway_calls
    where payment_id = ${id} and operation = 'holdComplete'`;
  expect(call).toMatchObject({ url: `${world.sandbox.url}${holds.completePath}`, outcome: "ok" });
  expect(call?.["request_fields"]).toMatchObject({ holdOrderNo: mchOrderNo, takeAmount: "10000", takeNo: number });
  expect(call?.["signed_text"]).toContain(`holdOrderNo=${mchOrderNo}`);
  expect(await findByNumber(support, number)).toMatchObject([{ kind: "payment", id, matched: "holdActNo" }]);
});

test("a hold is asked about when its time is over, and only then", async () => {
  const { id } = await held();
  const { held_at, next_ask_at } = await read(id);
  const minutes = (Date.parse(String(next_ask_at)) - Date.parse(String(held_at))) / 60_000;
  expect(Math.floor(minutes)).toBe(24 * 60 + 1);
  await setRules({ ...rules, lifetimeHours: null });
  const { id: other } = await held();
  expect((await read(other))["next_ask_at"]).toBeNull();
});
