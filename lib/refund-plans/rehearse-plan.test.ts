import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { setHoldSeconds, setRefundLimit, spendDay } from "@/db/commands/refund-control";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeMerchant, makePayment, type TestMerchant } from "@/db/testing/rows";
import type { Environment } from "@/lib/domain/environment";
import { newId, newMchRefundNo, type PaymentId, PersonId, RefundId, RefundPlanId } from "@/lib/domain/ids";
import { gatewayDay } from "@/lib/domain/possible-acts";
import type { Role } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { endPlan, runPlan, stopPlan } from "./change-plan";
import { makePlan } from "./make-plan";
import { rehearsePlan } from "./rehearse-plan";

let database: TestDatabase;
let merchant: TestMerchant;
let scope: Scope;

beforeAll(async () => {
  process.env["PUBLIC_URL"] = "http://127.0.0.1:3960";
  database = await testDatabase();
  merchant = await makeMerchant(database.sql);
  scope = await scopeOf("operator", merchant);
});
afterAll(() => database.close());

async function scopeOf(role: Role, of: TestMerchant, environment: Environment = "test"): Promise<Scope> {
  const personId = newId(PersonId);
  await database.sql`
    insert into people (id, email, name, role) values (${personId}, ${`${personId}@example.test`}, 'Mei Lam', ${role})`;
  return { viewer: { personId, role }, environment, merchants: [{ ...of, label: "Shop" }] } as unknown as Scope;
}

type Line = { verdict: string; amount: number | null; state: string; why: string | null; problem: string | null };

async function planOf(text: string, by = scope, planId = newId(RefundPlanId)): Promise<RefundPlanId> {
  const { merchantId } = by.merchants[0] ?? merchant;
  const input = { planId, merchantId, label: "Returns", reason: "goodwill", otherReason: "", lines: text };
  const made = await makePlan(by, input);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

async function linesOf(planId: RefundPlanId): Promise<Line[]> {
  const rows = await database.sql`
    select verdict, amount, state, why, problem from refund_plan_lines where plan_id = ${planId} order by line_no`;
  return rows.map((row) => ({ ...row, amount: row.amount === null ? null : Number(row.amount) }) as Line);
}

async function verdictsOf(text: string, by = scope): Promise<string[]> {
  return (await linesOf(await planOf(text, by))).map(({ verdict, amount }) => `${verdict} ${amount ?? ""}`.trim());
}

async function refundOf(paymentId: PaymentId, amount: number, state: string): Promise<void> {
  await database.sql`
    insert into refunds (merchant_id, id, payment_id, credential_id, mch_refund_no, amount, currency, reason, state)
    values (${merchant.merchantId}, ${newId(RefundId)}, ${paymentId}, ${merchant.credentialId}, ${newMchRefundNo()},
      ${amount}, 'HKD', 'Goodwill', ${state})`;
  await database.sql`update payments set reserved_amount = reserved_amount + ${amount} where id = ${paymentId}`;
}

async function runInput(planId: RefundPlanId, budget: string, confirmed: number[] = []) {
  const [row] = await database.sql`select rehearsed_at from refund_plans where id = ${planId}`;
  const rehearsal = new Date(row?.rehearsed_at).getTime();
  return { planId, rehearsal, confirmed, budgets: [{ currency: "HKD", typed: budget }] };
}

test("a payment whose hold was released is told apart from one whose money is going back", async () => {
  const released = await makePayment(database.sql, merchant, "cancelled", 10_000);
  await database.sql`update payments set held_amount = amount, paid_at = null where id = ${released.id}`;
  const undone = await makePayment(database.sql, merchant, "cancelled", 10_000);
  const lines = await linesOf(await planOf(`${released.mchOrderNo}\n${undone.mchOrderNo}`));
  expect(lines.map(({ verdict }) => verdict)).toEqual(["not-paid", "not-paid"]);
  expect(lines[0]?.why).toContain("the hold was released, and nothing was taken");
  expect(lines[1]?.why).toContain("the money is going back");
});

test("every line gets the verdict that fits its payment now", async () => {
  const pay = (state: Parameters<typeof makePayment>[2], amount = 10_000) =>
    makePayment(database.sql, merchant, state, amount);
  const other = await makePayment(database.sql, await makeMerchant(database.sql, "production"), "paid");
  const whole = await pay("paid");
  const part = await pay("paid");
  const byGateway = await pay("paid");
  await database.sql`update payments set pay_order_id = 'G100200300' where id = ${byGateway.id}`;
  const left = await pay("paid");
  await refundOf(left.id, 4_000, "succeeded");
  const used = await pay("paid");
  await refundOf(used.id, 10_000, "succeeded");
  const inDoubt = await pay("paid");
  await refundOf(inDoubt.id, 1_000, "unclear");
  const slip = await pay("paid");
  const [waiting, refunded, unclear] = [await pay("waiting"), await pay("refunded"), await pay("unclear")];
  const text = [
    "number;amount;note",
    whole.mchOrderNo,
    `${part.mchOrderNo};35.50`,
    "G100200300;1.50",
    left.mchOrderNo,
    `${used.mchOrderNo}`,
    `${inDoubt.mchOrderNo};5`,
    `${slip.mchOrderNo};1.00`,
    `${waiting.mchOrderNo}`,
    `${refunded.mchOrderNo}`,
    `${unclear.mchOrderNo}`,
    "P-UNHEARD-OF",
    other.mchOrderNo,
    `${whole.mchOrderNo};1.50`,
    `${(await pay("paid")).mchOrderNo};100.01`,
    `${(await pay("paid")).mchOrderNo};12,50`,
  ];
  expect(await verdictsOf(text.join("\n"))).toEqual([
    "refund 10000",
    "refund 3550",
    "refund 150",
    "refund 6000",
    "already-refunded",
    "unclear-refund",
    "slip-of-units 100",
    "not-paid",
    "already-refunded",
    "not-paid",
    "unknown-number",
    "unknown-number",
    "listed-twice",
    "exceeds-rest 10001",
    "invalid",
  ]);
});

test("a rehearsal reserves nothing and stores no refund", async () => {
  const { id, mchOrderNo } = await makePayment(database.sql, merchant, "paid");
  await planOf(mchOrderNo);
  const [payment] = await database.sql`select reserved_amount from payments where id = ${id}`;
  expect(Number(payment?.reserved_amount)).toBe(0);
  expect(await database.sql`select 1 from refunds where payment_id = ${id}`).toHaveLength(0);
});

test("lines above the maker's limit need a second person, also when earlier lines use up the day", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 6_000, perDay: 10_000 };
  await setRefundLimit(database.sql, "test", limit);
  try {
    const numbers = await Promise.all([7_000, 5_000, 4_000, 3_000, 1_000].map((amount) => paid(amount)));
    expect(await verdictsOf(numbers.join("\n"), await scopeOf("operator", merchant))).toEqual([
      "needs-approval 7000",
      "refund 5000",
      "refund 4000",
      "needs-approval 3000",
      "refund 1000",
    ]);
  } finally {
    await setRefundLimit(database.sql, "test", { ...limit, perRefund: null, perDay: null });
  }
});

test("the day's allowance is that of the database's day, whatever the clock of this process says", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 6_000, perDay: 10_000 };
  await setRefundLimit(database.sql, "test", limit);
  const maker = await scopeOf("operator", merchant);
  const [today] = await database.sql`select now() as now`;
  const day = gatewayDay(new Date(today?.["now"]));
  const spent = { environment: "test" as const, personId: maker.viewer.personId, day, currency: "HKD", amount: 9_000 };
  await spendDay(database.sql, spent, null);
  const number = await paid(5_000);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * 24 * 3_600_000 });
  try {
    expect(await verdictsOf(number, maker)).toEqual(["needs-approval 5000"]);
  } finally {
    vi.useRealTimers();
    await setRefundLimit(database.sql, "test", { ...limit, perRefund: null, perDay: null });
  }
});

async function paid(amount = 10_000): Promise<string> {
  return (await makePayment(database.sql, merchant, "paid", amount)).mchOrderNo;
}

test("a plan that is sent twice is made once, and its refund numbers stay", async () => {
  const text = `${await paid()}\n${await paid()}`;
  const planId = newId(RefundPlanId);
  await Promise.all([planOf(text, scope, planId), planOf(text, scope, planId)]);
  const numbers = () => database.sql`select mch_refund_no from refund_plan_lines where plan_id = ${planId} order by 1`;
  const before = await numbers();
  expect(before).toHaveLength(2);
  expect(await rehearsePlan(scope, planId)).toMatchObject({ ok: true });
  expect(await numbers()).toEqual(before);
});

test("a list with mistakes is not taken, and each line is named", async () => {
  const planId = newId(RefundPlanId);
  const { merchantId } = merchant;
  const input = { planId, merchantId, label: "Returns", reason: "goodwill", otherReason: "", lines: "P-1\n,5\n1E18" };
  expect(await makePlan(scope, input)).toMatchObject({
    ok: false,
    error: { fields: { lines: [expect.stringContaining("Line 2:"), expect.stringContaining("Line 3:")] } },
  });
  expect(await database.sql`select 1 from refund_plans where id = ${planId}`).toHaveLength(0);
});

test("who may not refund makes no plan, and who did not make it runs none", async () => {
  const { merchantId } = merchant;
  const input = { merchantId, label: "Returns", reason: "goodwill", otherReason: "", lines: await paid() };
  const support = await scopeOf("support", merchant);
  expect(await makePlan(support, { ...input, planId: newId(RefundPlanId) })).toMatchObject({ ok: false });
  const planId = await planOf(await paid());
  const colleague = await scopeOf("admin", merchant);
  expect(await runPlan(colleague, await runInput(planId, "100"))).toMatchObject({ error: { kind: "not-yours" } });
  expect(await endPlan(support, planId)).toMatchObject({ error: { kind: "not-allowed" } });
  expect(await endPlan(colleague, planId)).toMatchObject({ ok: true });
  expect(await linesOf(planId)).toMatchObject([{ state: "skipped" }]);
});

test("a plan of the other environment cannot be reached under this one's address", async () => {
  const planId = await planOf(await paid());
  const elsewhere = await scopeOf("operator", await makeMerchant(database.sql, "production"), "production");
  expect(await endPlan(elsewhere, planId)).toMatchObject({ error: { kind: "not-found" } });
});

test("only the rehearsal that was looked at is run, with a budget, and what it refused is skipped", async () => {
  await setHoldSeconds(database.sql, "test", 10);
  const slip = await paid();
  const meant = await paid();
  const planId = await planOf(`${await paid()}\nP-NOBODY\n${slip},1.00\n${meant},1.00`);
  const seen = await runInput(planId, "101", [4]);
  await database.sql`update refund_plans set rehearsed_at = rehearsed_at + interval '1 second' where id = ${planId}`;
  expect(await runPlan(scope, seen)).toMatchObject({ error: { kind: "changed" } });
  expect(await runPlan(scope, await runInput(planId, "", [4]))).toMatchObject({
    error: { fields: { "budget.HKD": [expect.any(String)] } },
  });
  expect(await runPlan(scope, await runInput(planId, "101", [4]))).toMatchObject({ ok: true });
  expect((await linesOf(planId)).map(({ state }) => state)).toEqual(["waiting", "skipped", "skipped", "waiting"]);
  const [plan] = await database.sql`select next_run_at > now() as is_held from refund_plans where id = ${planId}`;
  expect(plan?.is_held).toBe(true);
  expect(await rehearsePlan(scope, planId)).toMatchObject({ error: { kind: "running" } });
  expect(await endPlan(scope, planId)).toMatchObject({ ok: false });
  expect(await stopPlan(scope, planId)).toMatchObject({ ok: true });
  expect(await stopPlan(scope, planId)).toMatchObject({ ok: false });
});

test("the audit names who made, started, paused, resumed and ended a plan, and nothing that did not happen", async () => {
  const planId = await planOf(await paid());
  const acts = () => database.sql`select actor, action, details, address from audit_entries
    where subject = ${`refund-plan:${planId}`} order by at, id`;
  expect(await runPlan(scope, await runInput(planId, "99"), "192.0.2.7")).toMatchObject({ ok: true });
  expect(await stopPlan(scope, planId)).toMatchObject({ ok: true });
  expect(await stopPlan(scope, planId)).toMatchObject({ ok: false });
  expect(await runPlan(scope, await runInput(planId, "100"))).toMatchObject({ ok: true });
  expect(await endPlan(scope, planId)).toMatchObject({ ok: false });
  expect(await stopPlan(scope, planId)).toMatchObject({ ok: true });
  expect(await endPlan(scope, planId)).toMatchObject({ ok: true });
  const kept = await acts();
  expect(kept.map(({ action }) => action.replace("refund-plan.", ""))).toEqual([
    "made",
    "started",
    "paused",
    "resumed",
    "paused",
    "ended",
  ]);
  expect(kept[1]).toMatchObject({
    actor: scope.viewer.personId,
    details: { label: "Returns", "budget HKD": 9_900 },
    address: "192.0.2.7",
  });
});

test("a plan of which no line can run does not start", async () => {
  const planId = await planOf("P-NOBODY");
  expect(await runPlan(scope, await runInput(planId, "1"))).toMatchObject({ error: { kind: "nothing-to-do" } });
  const [plan] = await database.sql`select state from refund_plans where id = ${planId}`;
  expect(plan?.state).toBe("draft");
  expect(await linesOf(planId)).toMatchObject([{ state: "waiting" }]);
});

test("a thousand lines are read and rehearsed in one go", async () => {
  const numbers = await Promise.all(Array.from({ length: 20 }, () => paid()));
  const unknown = Array.from({ length: 980 }, (_, index) => `P-NOBODY-${index}`);
  const verdicts = await verdictsOf([...numbers, ...unknown].join("\n"));
  expect(verdicts.filter((verdict) => verdict === "refund 10000")).toHaveLength(20);
  expect(verdicts.filter((verdict) => verdict === "unknown-number")).toHaveLength(980);
});
