import type { Sql } from "postgres";
import type { Environment } from "@/lib/domain/environment";
import {
  type MchRefundNo,
  type MerchantId,
  newId,
  type PaymentId,
  type PersonId,
  type RefundId,
  RefundPlanId,
  type RefundRequestId,
} from "@/lib/domain/ids";
import { mostUnclearInARow } from "@/lib/domain/refund-plan";
import { leaseMs } from "./due";

/** A running plan that this worker has, for the length of a lease that every line renews. */
export type ClaimedPlan = {
  merchantId: MerchantId;
  environment: Environment;
  planId: RefundPlanId;
  createdBy: PersonId;
  claim: string;
};

/**
 * Claims up to `limit` plans whose time has come. Looks first and then moves each row's time from the value seen, so
 * that of several workers one gets the plan and no lock is held while the gateway is asked.
 */
export async function claimDuePlans(sql: Sql, limit: number): Promise<ClaimedPlan[]> {
  const seen = await sql<(Omit<ClaimedPlan, "claim"> & { nextRunAt: string | Date })[]>`
    select refund_plans.merchant_id as "merchantId", environment, id as "planId", created_by as "createdBy",
      next_run_at as "nextRunAt"
    from refund_plans join merchants on merchants.merchant_id = refund_plans.merchant_id
    where next_run_at <= now() order by next_run_at limit ${limit}::int`;
  const claimed: ClaimedPlan[] = [];
  for (const { nextRunAt, ...plan } of seen) {
    const claim = newId(RefundPlanId);
    const rows = await sql`
      update refund_plans set next_run_at = now() + make_interval(secs => ${leaseMs / 1000}::int), claim = ${claim}::uuid
      where merchant_id = ${plan.merchantId}::uuid and id = ${plan.planId}::uuid and state = 'running'
        and next_run_at = ${new Date(nextRunAt).toISOString()}::timestamptz
      returning id`;
    if (rows.length === 1) claimed.push({ ...plan, claim });
  }
  return claimed;
}

/** Lets any worker take the plan at once. */
export async function releasePlan(sql: Sql, { merchantId, planId, claim }: ClaimedPlan): Promise<void> {
  await sql`
    update refund_plans set next_run_at = now(), claim = null
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state = 'running' and claim = ${claim}::uuid`;
}

/** Ends a plan that has no waiting line any more. */
export async function finishPlan(sql: Sql, { merchantId, planId, claim }: ClaimedPlan): Promise<void> {
  await sql`
    update refund_plans set state = 'finished', next_run_at = null, claim = null, ended_at = now(), changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state = 'running' and claim = ${claim}::uuid`;
}

export type NextLine = {
  lineNo: number;
  paymentId: PaymentId;
  mchRefundNo: MchRefundNo;
  amount: number;
  currency: string;
  reason: string;
  note: string | null;
};

/** The next line of a started plan, whose rehearsal found its payment and its sum. */
export async function readNextLine(sql: Sql, { merchantId, planId }: ClaimedPlan): Promise<NextLine | null> {
  const rows = await sql<(Omit<NextLine, "amount"> & { amount: string })[]>`
    select line_no as "lineNo", payment_id as "paymentId", mch_refund_no as "mchRefundNo", amount, currency, reason, note
    from refund_plan_lines
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and state = 'waiting'
    order by line_no limit 1`;
  const row = rows[0];
  return row ? { ...row, amount: Number(row.amount) } : null;
}

/** A person's rights as they are now. */
export async function readMaker(
  sql: Sql,
  personId: PersonId,
): Promise<{ name: string; role: string; isActive: boolean } | null> {
  const rows = await sql<{ name: string; role: string; isActive: boolean }[]>`
    select name, role, is_active as "isActive" from people where id = ${personId}::uuid`;
  return rows[0] ?? null;
}

/** Whether the last refunds since the start all lack a clear answer: then more of them would only add to the doubt. */
export async function isGatewaySilent(sql: Sql, { merchantId, planId }: ClaimedPlan): Promise<boolean> {
  const rows = await sql<{ isSilent: boolean }[]>`
    select count(*) = ${mostUnclearInARow}::int and bool_and(state in ('sent', 'unclear')) as "isSilent"
    from (
      select refunds.state
      from refund_plan_lines as line
      join refund_plans as plan on plan.merchant_id = line.merchant_id and plan.id = line.plan_id
      join refunds on refunds.merchant_id = line.merchant_id and refunds.id = line.refund_id
      where line.merchant_id = ${merchantId}::uuid and line.plan_id = ${planId}::uuid
        and line.settled_at >= plan.started_at
      order by line.line_no desc limit ${mostUnclearInARow}::int
    ) as latest`;
  return rows[0]?.isSilent ?? false;
}

/** How the turn of a line ended. Refunds and requests take their sum from the plan's budget. */
export type LineEnd =
  | { state: "made"; refundId: RefundId }
  | { state: "requested"; requestId: RefundRequestId; problem: string }
  | { state: "failed"; problem: string };

/**
 * Ends a line, in the same transaction as its refund or request: so neither exists without the other, and of two
 * workers one ends it.
 *
 * @returns anything but `settled` must take the whole transaction back. `not-running`: it was paused, or another worker
 *          has it. `over-budget`: the sum does not fit any more. `taken`: the line has ended already
 */
export async function settleLine(
  sql: Sql,
  { merchantId, planId, claim }: ClaimedPlan,
  line: NextLine,
  end: LineEnd,
): Promise<"settled" | "not-running" | "over-budget" | "taken"> {
  const running = await sql`
    update refund_plans set next_run_at = now() + make_interval(secs => ${leaseMs / 1000}::int), changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${planId}::uuid and state = 'running' and claim = ${claim}::uuid
    returning id`;
  if (running.length === 0) return "not-running";
  const settled = await sql`
    update refund_plan_lines set state = ${end.state}, settled_at = now(),
      refund_id = ${end.state === "made" ? end.refundId : null}::uuid,
      request_id = ${end.state === "requested" ? end.requestId : null}::uuid,
      problem = ${end.state === "made" ? null : end.problem}::text
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and line_no = ${line.lineNo}::int
      and state = 'waiting'
    returning line_no`;
  if (settled.length === 0) return "taken";
  if (end.state === "failed") return "settled";
  const spent = await sql`
    update refund_plan_budgets set spent = spent + ${line.amount}::bigint
    where merchant_id = ${merchantId}::uuid and plan_id = ${planId}::uuid and currency = ${line.currency}
      and spent + ${line.amount}::bigint <= budget
    returning spent`;
  return spent.length === 1 ? "settled" : "over-budget";
}
