import type { Sql } from "postgres";
import type { MchRefundNo, MerchantId, PersonId, RefundPlanId } from "@/lib/domain/ids";
import type { PlanLineState, PlanState, PlanVerdict } from "@/lib/domain/refund-plan";

type PlanIntent = { id: RefundPlanId; label: string; createdBy: PersonId; lines: readonly PlanLineIntent[] };

type PlanLineIntent = {
  lineNo: number;
  typedNumber: string;
  /** Major units; empty means all that is left. */
  typedAmount: string;
  reason: string;
  note: string | null;
  mchRefundNo: MchRefundNo;
};

/**
 * Stores a plan with its lines, whose refund numbers are fixed from here on. Call it in a transaction.
 *
 * @returns whether it was new: a repeated click finds the plan of the first one
 */
export async function insertPlan(sql: Sql, merchantId: MerchantId, plan: PlanIntent): Promise<boolean> {
  const stored = await sql`
    insert into refund_plans (merchant_id, id, label, line_count, created_by)
    values (${merchantId}::uuid, ${plan.id}::uuid, ${plan.label}, ${plan.lines.length}::int, ${plan.createdBy}::uuid)
    on conflict (merchant_id, id) do nothing
    returning id`;
  if (stored.length === 0) return false;
  await sql`
    insert into refund_plan_lines (merchant_id, plan_id, line_no, typed_number, typed_amount, reason, note, mch_refund_no)
    select ${merchantId}::uuid, ${plan.id}::uuid, line."lineNo", line."typedNumber", line."typedAmount", line.reason,
      line.note, line."mchRefundNo"
    from jsonb_to_recordset(${JSON.stringify(plan.lines)}::jsonb) as line (
      "lineNo" int, "typedNumber" text, "typedAmount" text, reason text, note text, "mchRefundNo" text
    )`;
  return true;
}

export type PlanForActing = {
  merchantId: MerchantId;
  id: RefundPlanId;
  label: string;
  state: PlanState;
  createdBy: PersonId;
  rehearsedAt: Date | null;
  /** The database's clock. */
  now: Date;
};

export async function readPlan(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  planId: RefundPlanId,
): Promise<PlanForActing | null> {
  const rows = await sql<(Omit<PlanForActing, "rehearsedAt"> & { rehearsedAt: string | Date | null })[]>`
    select merchant_id as "merchantId", id, label, state, created_by as "createdBy", rehearsed_at as "rehearsedAt",
      now() as now
    from refund_plans
    where merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[]) and id = ${planId}::uuid`;
  const row = rows[0];
  if (!row) return null;
  const rehearsedAt = row.rehearsedAt === null ? null : new Date(row.rehearsedAt);
  return { ...row, rehearsedAt, now: new Date(row.now) };
}

export type PlanLine = PlanLineIntent & {
  paymentId: string | null;
  state: PlanLineState;
};

export async function readPlanLinesOf(sql: Sql, merchantId: MerchantId, planId: RefundPlanId): Promise<PlanLine[]> {
  return sql<PlanLine[]>`
    select line_no as "lineNo", typed_number as "typedNumber", typed_amount as "typedAmount", reason, note,
      mch_refund_no as "mchRefundNo", payment_id as "paymentId", state
    from refund_plan_lines
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid
    order by line_no`;
}

/** What a rehearsal found out about one line. Sums in minor units. */
export type JudgedLine = {
  lineNo: number;
  verdict: PlanVerdict;
  why: string | null;
  paymentId: string | null;
  amount: number | null;
  currency: string | null;
};

/**
 * Writes down a rehearsal, of lines that still wait, while the plan does not run. What was confirmed about a sum that
 * is now another one no longer counts. Call it in a transaction.
 *
 * @returns whether the plan could be rehearsed
 */
export async function storeRehearsal(
  sql: Sql,
  { merchantId, planId }: { merchantId: MerchantId; planId: RefundPlanId },
  judged: readonly JudgedLine[],
): Promise<boolean> {
  const plans = await sql`
    update refund_plans set rehearsed_at = now(), changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state in ('draft', 'paused')
    returning id`;
  if (plans.length === 0) return false;
  await sql`
    update refund_plan_lines set verdict = judged.verdict, why = judged.why, payment_id = judged."paymentId",
      amount = judged.amount, currency = judged.currency,
      is_confirmed = is_confirmed and refund_plan_lines.amount is not distinct from judged.amount
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as judged (
      "lineNo" int, verdict text, why text, "paymentId" uuid, amount bigint, currency text
    )
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and line_no = judged."lineNo"
      and state = 'waiting'`;
  return true;
}

type PlanStart = {
  merchantId: MerchantId;
  planId: RefundPlanId;
  /** The rehearsal that was looked at. */
  rehearsedAt: Date;
  /** The sums that seem a slip of units and are meant. */
  confirmed: readonly number[];
  budgets: readonly { currency: string; budget: number }[];
  /** How long it can be stopped before its first refund is sent. */
  holdSeconds: number;
};

/**
 * Starts or resumes a plan as it was looked at. Lines that the rehearsal refused are skipped for good. Call it in a
 * transaction.
 *
 * @returns `changed` when it was rehearsed again, started or ended in between; `below-spent` when a budget is smaller
 *          than what is spent of it; `nothing-to-do` when no line is left that could run
 */
export async function startPlan(
  sql: Sql,
  start: PlanStart,
): Promise<"started" | "changed" | "below-spent" | "nothing-to-do"> {
  const { merchantId, planId, rehearsedAt, confirmed, budgets, holdSeconds } = start;
  const started = await sql`
    update refund_plans set state = 'running', started_at = now(), claim = null, stop_reason = null, stopped_by = null,
      next_run_at = now() + make_interval(secs => ${holdSeconds}::int), changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state in ('draft', 'paused')
      and rehearsed_at = ${rehearsedAt.toISOString()}::timestamptz
    returning id`;
  if (started.length === 0) return "changed";
  for (const { currency, budget } of budgets) {
    const set = await sql`
      insert into refund_plan_budgets (merchant_id, plan_id, currency, budget)
      values (${merchantId}::uuid, ${planId}::uuid, ${currency}, ${budget}::bigint)
      on conflict (merchant_id, plan_id, currency) do update set budget = excluded.budget
        where refund_plan_budgets.spent <= excluded.budget
      returning currency`;
    if (set.length === 0) return "below-spent";
  }
  await sql`
    update refund_plan_lines set is_confirmed = true
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and state = 'waiting'
      and verdict = 'slip-of-units' and line_no = any(string_to_array(${confirmed.join(",")}, ',')::int[])`;
  await sql`
    update refund_plan_lines set state = 'skipped', settled_at = now(),
      problem = coalesce(why, 'The rehearsal refused it.')
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and state = 'waiting'
      and not (verdict in ('refund', 'needs-approval') or (verdict = 'slip-of-units' and is_confirmed))`;
  const waiting = await sql`
    select 1 from refund_plan_lines
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and state = 'waiting' limit 1`;
  return waiting.length === 0 ? "nothing-to-do" : "started";
}

/**
 * Stops a running plan before its next line. `personId` is `null` when it stops by itself.
 *
 * @returns whether it was running
 */
export async function pausePlan(
  sql: Sql,
  { merchantId, planId }: { merchantId: MerchantId; planId: RefundPlanId },
  { personId, reason }: { personId: PersonId | null; reason: string | null },
): Promise<boolean> {
  const rows = await sql`
    update refund_plans set state = 'paused', next_run_at = null, claim = null, stopped_by = ${personId}::uuid,
      stop_reason = ${reason}::text, changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state = 'running'
    returning id`;
  return rows.length === 1;
}

/**
 * Ends a plan that does not run; what waits is skipped for good. Call it in a transaction.
 *
 * @returns whether it was a draft or paused
 */
export async function discardPlan(
  sql: Sql,
  { merchantId, planId }: { merchantId: MerchantId; planId: RefundPlanId },
  personId: PersonId,
): Promise<boolean> {
  const rows = await sql`
    update refund_plans set state = 'discarded', ended_at = now(), stopped_by = ${personId}::uuid, stop_reason = null,
      changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state in ('draft', 'paused')
    returning id`;
  if (rows.length === 0) return false;
  await sql`
    update refund_plan_lines set state = 'skipped', settled_at = now(), problem = 'The plan was ended before its turn.'
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and state = 'waiting'`;
  return true;
}
