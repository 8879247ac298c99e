import { afterAll, beforeAll, expect, test } from "vitest";
import { setRefundLimit } from "@/db/commands/refund-control";
import {
  countOpenRequests,
  findRefundRequest,
  listRefundRequests,
  readRequestFilter,
} from "@/db/queries/refund-requests";
import { readRefundRules, spentAlone } from "@/db/queries/refund-rules";
import { newMchRefundNo } from "@/lib/domain/ids";
import { gatewayDay } from "@/lib/domain/possible-acts";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { makeRefundWorld, type RefundWorld } from "@/lib/testing/refund-world";
import { changeHold, changeRefundLimit } from "./change-refund-rules";
import { createRefund } from "./create-refund";
import { approveRefund, editRequest, endRequest } from "./decide-request";

let world: RefundWorld;

beforeAll(async () => {
  world = await makeRefundWorld();
});
afterAll(() => world.close());

test("above the ceiling of a role a refund becomes a request that only another person approves", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 2_000, perDay: null };
  await setRefundLimit(world.database.sql, "test", limit);
  try {
    const payment = await world.paidPayment();
    const made = await world.refundOf(payment.id, "50.00");
    if (!made.ok || made.value.kind !== "request") throw new Error("It was not held back.");
    const requestId = made.value.id;
    expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(0);
    expect(await approveRefund(world.operator, { requestId, revision: 1 })).toMatchObject({
      error: { kind: "own-request" },
    });

    const edited = { amount: "60.00", reason: "goodwill", note: "", secondLook: "" };
    expect(await editRequest(world.operator, { requestId, revision: 1 }, edited)).toMatchObject({ ok: true });
    const second = await world.scopeOf("operator");
    expect(await approveRefund(second, { requestId, revision: 1 })).toMatchObject({ error: { kind: "changed" } });
    expect(await approveRefund(await world.scopeOf("support"), { requestId, revision: 2 })).toMatchObject({
      error: { kind: "not-allowed" },
    });
    const approvals = await Promise.all([1, 2, 3].map(() => approveRefund(second, { requestId, revision: 2 })));
    expect(approvals.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.refundsAtGateway(payment.mchOrderNo)).toHaveLength(1);
    expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 6000, reserved: 6000 });
    const [row] = await world.database.sql`select state, decided_by from refund_requests where id = ${requestId}`;
    expect(row).toMatchObject({ state: "approved", decided_by: second.viewer.personId });
    expect(await endRequest(second, { requestId, revision: 2 }, { to: "declined", note: null })).toMatchObject({
      error: { kind: "decided" },
    });
  } finally {
    await setRefundLimit(world.database.sql, "test", { ...limit, perRefund: null });
  }
});

test.each([
  ["each", { perRefund: 9_999, perDay: null }],
  ["a day", { perRefund: null, perDay: 15_000 }],
])("a cancel gives as much back as a refund, so the limit %s holds for it too", async (_, sums) => {
  const limit = { role: "operator" as const, currency: "HKD" };
  const maker = await world.scopeOf("operator");
  const payment = await world.paidPayment();
  const before = sums.perDay === null ? null : await world.paidPayment();
  await setRefundLimit(world.database.sql, "test", { ...limit, ...sums });
  try {
    if (before) expect(await cancelPayment(maker, before.id)).toMatchObject({ ok: true });
    expect(await cancelPayment(maker, payment.id)).toMatchObject({
      error: { kind: "above-limit", message: expect.stringMatching(/refunds up to HK\$.* alone\. Refund it instead/) },
    });
    expect(await world.sumsOf(payment.id)).toMatchObject({ refunded: 0, reserved: 0, state: "paid" });
    const calls = await world.database.sql`
      select 1 from gateway_calls where payment_id = ${payment.id} and operation = 'cancel'`;
    expect(calls).toHaveLength(0);
    const admin = await world.scopeOf("admin");
    expect(await cancelPayment(admin, payment.id)).toMatchObject({ ok: true });
    expect(await world.sumsOf(payment.id)).toMatchObject({ state: "cancelled" });
    const day = { day: gatewayDay(new Date()), currency: "HKD" };
    expect(await spentAlone(maker, day)).toBe(before ? 10_000 : 0);
    expect(await spentAlone(admin, day)).toBe(10_000);
  } finally {
    await setRefundLimit(world.database.sql, "test", { ...limit, perRefund: null, perDay: null });
  }
});

test("only an admin changes the rules of refunds, and every change is in the audit", async () => {
  const limit = { role: "support" as const, currency: "JPY", perRefund: 500, perDay: null };
  expect(await changeHold(world.operator, 60, null)).toMatchObject({ error: { kind: "not-allowed" } });
  expect(await changeRefundLimit(world.operator, limit, null)).toMatchObject({ error: { kind: "not-allowed" } });
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
    const payment = await world.paidPayment();
    const listed = async (params: Record<string, string>) => {
      const window = { sort: { by: "createdAt", direction: "desc" }, after: null, before: null } as const;
      return (await listRefundRequests(world.operator, { filter: readRequestFilter(params), window })).rows.map(
        ({ id }) => id,
      );
    };
    const open = () => listed({});
    const before = await countOpenRequests(world.operator);
    const made = await world.refundOf(payment.id, "50.00");
    if (!made.ok || made.value.kind !== "request") throw new Error("It was not held back.");
    const requestId = made.value.id;
    expect(await open()).toContain(requestId);
    expect(await countOpenRequests(world.operator)).toBe(before + 1);
    expect(await countOpenRequests(world.operator, 1)).toBe(1);
    expect(await findRefundRequest(world.operator, requestId)).toMatchObject({
      makerName: "Mei Lam",
      because: expect.stringContaining("operator"),
      payment: { mchOrderNo: payment.mchOrderNo, amount: 10_000 },
    });
    expect(await findRefundRequest({ ...world.operator, merchants: [] }, requestId)).toBeNull();
    const edited = { amount: "60.00", reason: "other", note: "Half of it broke", secondLook: "" };
    await editRequest(world.operator, { requestId, revision: 1 }, edited);
    await endRequest(world.operator, { requestId, revision: 2 }, { to: "withdrawn", note: null });
    expect(await open()).not.toContain(requestId);
    expect(await listed({ state: "all", least: "60", most: "60" })).toContain(requestId);
    expect(await listed({ state: "withdrawn", from: "2020-01-01" })).toContain(requestId);
    expect(await listed({ state: "all", least: "60.01" })).not.toContain(requestId);
    expect(await listed({ state: "all", to: "2020-01-01" })).not.toContain(requestId);
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
    const payment = await world.paidPayment();
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
    const approval = await approveRefund(world.operator, { requestId: made.value.id, revision: 1 });
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
    const payments = await Promise.all(Array.from({ length: 16 }, () => world.paidPayment()));
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
    const sums = await Promise.all(payments.map(({ id }) => world.sumsOf(id)));
    expect(sums.reduce((total, { reserved }) => total + reserved, 0)).toBe(2_000);
    expect(await spentAlone(person, { day: gatewayDay(new Date()), currency: "HKD" })).toBe(2_000);
    expect(await spentAlone(world.operator, { day: "2020-01-01", currency: "HKD" })).toBe(0);
  } finally {
    await setRefundLimit(world.database.sql, "test", {
      role: "operator",
      currency: "HKD",
      perRefund: null,
      perDay: null,
    });
  }
});
