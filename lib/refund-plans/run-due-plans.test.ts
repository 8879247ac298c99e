import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { setHoldSeconds, setRefundLimit } from "@/db/commands/refund-control";
import { newId, newMchOrderNo, RefundPlanId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { askDue } from "@/lib/payments/ask-due";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { runPlan, stopPlan } from "./change-plan";
import { makePlan } from "./make-plan";
import { rehearsePlan } from "./rehearse-plan";
import { runDuePlans } from "./run-due-plans";

let world: World;
let operator: Scope;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
  await setHoldSeconds(world.database.sql, "test", 0);
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
  await world.sandbox.clearFaults();
});
afterAll(() => world.close());

async function paidPayments(count: number, amount = "100.00"): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const mchOrderNo = newMchOrderNo();
      const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount, subject: "Tea" });
      const created = await createPayment(operator, input);
      if (!created.ok) throw new Error(created.error.message);
      await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
      return mchOrderNo;
    }),
  );
}

async function started(lines: readonly string[], budget: string, by = operator): Promise<RefundPlanId> {
  const merchantId = by.merchants[0]?.merchantId;
  if (!merchantId) throw new Error("No merchant.");
  const input = { planId: newId(RefundPlanId), merchantId, label: "Returns", reason: "goodwill", otherReason: "" };
  const made = await makePlan(by, { ...input, lines: lines.join("\n") });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  await run(made.value, budget, by);
  return made.value;
}

async function run(planId: RefundPlanId, budget: string, by = operator): Promise<void> {
  const [row] = await world.database.sql`select rehearsed_at from refund_plans where id = ${planId}`;
  const rehearsal = new Date(row?.rehearsed_at).getTime();
  const result = await runPlan(by, { planId, rehearsal, confirmed: [], budgets: [{ currency: "HKD", typed: budget }] });
  if (!result.ok) throw new Error(result.error.message);
}

/** Lets workers run in this process until no plan is due any more. */
async function runAll(workerCount = 1): Promise<void> {
  const work = async () => {
    while ((await runDuePlans({ plans: 4, linesEach: 2 })) > 0);
  };
  await Promise.all(Array.from({ length: workerCount }, work));
}

/** Lets two workers run while leases end around them, so that now and then none of them finds the plan due. */
async function runUntilItStands(planId: RefundPlanId): Promise<void> {
  const meddling = setInterval(() => void letLeasesEnd().catch(() => {}), 20);
  const work = async () => {
    do await runDuePlans({ plans: 4, linesEach: 2 });
    while ((await planRow(planId)).state === "running");
  };
  await Promise.all([work(), work()]).finally(() => clearInterval(meddling));
}

async function planRow(planId: RefundPlanId) {
  const [row] = await world.database.sql`
    select refund_plans.state, stop_reason, spent, budget
    from refund_plans left join refund_plan_budgets on plan_id = id where id = ${planId}`;
  return { ...row, state: row?.["state"], spent: Number(row?.spent), budget: Number(row?.budget) };
}

async function statesOf(planId: RefundPlanId): Promise<string[]> {
  const rows = await world.database.sql`
    select coalesce(refunds.state, line.state) as state
    from refund_plan_lines as line left join refunds on refunds.id = refund_id
    where plan_id = ${planId} order by line_no`;
  return rows.map((row) => row.state as string);
}

/** What the gateway itself has of each order: how many refunds, and their sum. */
async function ledgerOf(orders: readonly string[]): Promise<[count: number, sum: number][]> {
  return Promise.all(
    orders.map(async (mchOrderNo) => {
      const refunds = (await world.sandbox.control(`orders/${mchOrderNo}`))["refunds"] as { refundAmount: number }[];
      return [refunds.length, refunds.reduce((total, { refundAmount }) => total + refundAmount, 0)];
    }),
  );
}

/** A real worker process, to be killed. */
function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], { env: process.env, stdio: "ignore" });
  workers.push(worker);
  return worker;
}

async function killed(worker: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGKILL");
  await ended;
}

/** As if the dead worker's leases had run out. */
async function letLeasesEnd(): Promise<void> {
  await world.database.sql`update refund_plans set next_run_at = now() where state = 'running'`;
  await world.database.sql`
    update refunds set next_ask_at = now(), sent_at = sent_at - interval '5 minutes'
    where state in ('prepared', 'sent', 'unclear')`;
}

test("a plan refunds each of its lines once and then ends", async () => {
  const orders = await paidPayments(4);
  const planId = await started([...orders.slice(0, 3), `${orders[3]},35.00`, "P-NOBODY"], "335");
  await runAll();
  expect(await statesOf(planId)).toEqual(["succeeded", "succeeded", "succeeded", "succeeded", "skipped"]);
  expect(await planRow(planId)).toMatchObject({ state: "finished", spent: 33_500 });
  expect(await ledgerOf(orders)).toEqual([...Array(3).fill([1, 10_000]), [1, 3_500]]);
  const origins = await world.database.sql`
    select distinct origin, refunds.created_by from refunds join refund_plan_lines on refund_id = refunds.id
    where plan_id = ${planId}`;
  expect(origins).toEqual([{ origin: "plan", created_by: operator.viewer.personId }]);
});

test("the budget is never exceeded, whatever number of workers runs, and the plan says where it stopped", async () => {
  const orders = await paidPayments(6);
  const planId = await started(orders, "350");
  // Both believe the plan to be theirs for as long as they like: the leases are ended over and over.
  await runUntilItStands(planId);
  expect(await planRow(planId)).toMatchObject({
    state: "paused",
    spent: 30_000,
    stop_reason: expect.stringMatching(/^Line 4 over HK\$.*100\.00 does not fit into the budget/),
  });
  expect((await ledgerOf(orders)).reduce((total, [, sum]) => total + sum, 0)).toBe(30_000);

  await rehearsePlan(operator, planId);
  await expect(run(planId, "299")).rejects.toThrow(/smaller than what/);
  await run(planId, "600");
  await runAll(2);
  expect(await planRow(planId)).toMatchObject({ state: "finished", spent: 60_000, budget: 60_000 });
  expect(await ledgerOf(orders)).toEqual(Array(6).fill([1, 10_000]));
});

test("a paused plan sends nothing more, and goes on where it stopped", async () => {
  const orders = await paidPayments(5);
  const planId = await started(orders, "500");
  await runDuePlans({ plans: 4, linesEach: 2 });
  expect(await stopPlan(operator, planId)).toMatchObject({ ok: true });
  await runAll();
  await letLeasesEnd();
  await runAll();
  expect((await statesOf(planId)).filter((state) => state === "waiting")).toHaveLength(3);
  expect((await ledgerOf(orders)).filter(([count]) => count > 0)).toHaveLength(2);
  await run(planId, "500");
  await runAll();
  expect(await ledgerOf(orders)).toEqual(Array(5).fill([1, 10_000]));
});

test("a pause while a line is being stored takes the line back", async () => {
  const orders = await paidPayments(2);
  const planId = await started(orders, "200");
  const { sql } = world.database;
  const gate = await sql.reserve();
  await gate`begin`;
  await gate`select 1 from payments where mch_order_no = ${orders[0] ?? ""} for update`;
  const running = runDuePlans({ plans: 4, linesEach: 1 });
  const isAtTheGate = async () => expect(await sql`select 1 from pg_locks where not granted`).toHaveLength(1);
  await vi.waitFor(isAtTheGate, { timeout: 10_000, interval: 20 });
  expect(await stopPlan(operator, planId)).toMatchObject({ ok: true });
  await gate`commit`;
  gate.release();
  await running;
  expect(await statesOf(planId)).toEqual(["waiting", "waiting"]);
  const [reserved] = await sql`select sum(reserved_amount) as sum from payments where mch_order_no = any(${orders})`;
  expect(Number(reserved?.sum)).toBe(0);
});

test("a worker killed between the reservation and the end of the line leaves the line as it was", async () => {
  const { sql } = world.database;
  const orders = await paidPayments(3);
  await sql`create or replace function wait_at_the_gate() returns trigger language plpgsql as
    'begin perform pg_advisory_xact_lock(4711); return new; end'`;
  await sql`create trigger gate before update on refund_plan_lines for each row
    when (new.state = 'made') execute function wait_at_the_gate()`;
  const gate = await sql.reserve();
  await gate`select pg_advisory_lock(4711)`;
  let planId: RefundPlanId;
  try {
    planId = await started(orders, "300");
    const worker = startWorker();
    await vi.waitFor(
      async () => expect(await sql`select 1 from pg_locks where locktype = 'advisory' and not granted`).toHaveLength(1),
      { timeout: 60_000, interval: 100 },
    );
    await killed(worker);
  } finally {
    await gate`select pg_advisory_unlock(4711)`;
    gate.release();
    await sql`drop trigger gate on refund_plan_lines`;
  }
  expect(await statesOf(planId)).toEqual(["waiting", "waiting", "waiting"]);
  expect((await ledgerOf(orders)).map(([count]) => count)).toEqual([0, 0, 0]);
  await letLeasesEnd();
  await runAll();
  expect(await ledgerOf(orders)).toEqual(Array(3).fill([1, 10_000]));
  expect(await planRow(planId)).toMatchObject({ state: "finished", spent: 30_000 });
}, 90_000);

test.each(["before", "after"])(
  "a worker killed while the gateway is silent, %s it refunded, sends no line twice",
  async (when) => {
    const { sql } = world.database;
    const orders = await paidPayments(3);
    await world.sandbox.control("faults", { kind: "delay", operation: "refundOrder", when, delayMs: 5_000, times: 1 });
    const planId = await started(orders, "300");
    const worker = startWorker();
    const isSent = async () => expect(await sql`select 1 from refunds where state = 'sent'`).toHaveLength(1);
    await vi.waitFor(isSent, { timeout: 60_000, interval: 20 });
    if (when === "after") {
      const isThere = async () => expect((await ledgerOf(orders)).filter(([count]) => count > 0)).toHaveLength(1);
      await vi.waitFor(isThere, { timeout: 10_000, interval: 20 });
    }
    await killed(worker);
    await world.sandbox.clearFaults();
    for (let round = 0; round < 4; round += 1) {
      await letLeasesEnd();
      await Promise.all([runAll(2), askDue({ limit: 50, atOnce: 4 })]);
    }
    await world.sandbox.control("idle", {});
    expect(await statesOf(planId)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await ledgerOf(orders)).toEqual(Array(3).fill([1, 10_000]));
    expect(await planRow(planId)).toMatchObject({ state: "finished", spent: 30_000 });
  },
  90_000,
);

test("lines above the limit become requests, count against the budget, and are not sent", async () => {
  const limit = { role: "operator" as const, currency: "HKD", perRefund: 5_000, perDay: null };
  await setRefundLimit(world.database.sql, "test", limit);
  try {
    const orders = await paidPayments(2);
    const planId = await started([`${orders[0]},50.00`, `${orders[1]},60.00`], "110");
    await runAll();
    expect(await statesOf(planId)).toEqual(["succeeded", "requested"]);
    expect(await planRow(planId)).toMatchObject({ state: "finished", spent: 11_000 });
    expect(await ledgerOf(orders)).toEqual([
      [1, 5_000],
      [0, 0],
    ]);
    const [request] = await world.database.sql`
      select refund_requests.state, refund_requests.mch_refund_no = line.mch_refund_no as has_its_number
      from refund_requests join refund_plan_lines as line on request_id = refund_requests.id where plan_id = ${planId}`;
    expect(request).toEqual({ state: "open", has_its_number: true });
  } finally {
    await setRefundLimit(world.database.sql, "test", { ...limit, perRefund: null });
  }
});

test("a plan stops before the next line when its maker loses the right to refund", async () => {
  const orders = await paidPayments(2);
  const leaver = await world.scopeOf("operator");
  const planId = await started(orders, "200", leaver);
  await runDuePlans({ plans: 1, linesEach: 1 });
  await world.database.sql`update people set role = 'support' where id = ${leaver.viewer.personId}`;
  await runAll();
  expect(await planRow(planId)).toMatchObject({ state: "paused", stop_reason: "Mei Lam may not refund any more." });
  expect((await ledgerOf(orders)).map(([count]) => count)).toEqual([1, 0]);
});

test("a line whose payment was refunded since the rehearsal fails, and the others run", async () => {
  const orders = await paidPayments(3);
  const planId = await started(orders, "300");
  await started([orders[1] ?? ""], "100");
  await world.database.sql`update refund_plans set next_run_at = now() + interval '1 hour' where id = ${planId}`;
  await runAll();
  await letLeasesEnd();
  await runAll();
  expect(await statesOf(planId)).toEqual(["succeeded", "failed", "succeeded"]);
  expect(await ledgerOf(orders)).toEqual(Array(3).fill([1, 10_000]));
});

test("after three refunds in a row without a clear answer a plan stops by itself", async () => {
  const orders = await paidPayments(5);
  await world.sandbox.control("faults", { kind: "drop-connection", operation: "refundOrder", when: "before" });
  await world.sandbox.control("faults", { kind: "silent" });
  const planId = await started(orders, "500");
  await runAll();
  expect(await planRow(planId)).toMatchObject({
    state: "paused",
    stop_reason: expect.stringContaining("no clear answer"),
  });
  expect(await statesOf(planId)).toEqual(["unclear", "unclear", "unclear", "waiting", "waiting"]);
});
