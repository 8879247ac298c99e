import { and, asc, count, eq, gt, inArray, type SQL, sql, sum } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { merchants } from "@/db/schema/merchants";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refundRequests } from "@/db/schema/refund-control";
import { refundPlanBudgets, refundPlanLines, refundPlans } from "@/db/schema/refund-plans";
import { refunds } from "@/db/schema/refunds";
import type { RefundPlanId } from "@/lib/domain/ids";
import { mostPlanLines } from "@/lib/domain/refund-plan";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

export type PlanDetails = NonNullable<Awaited<ReturnType<typeof findRefundPlan>>>;

/** A plan with its people and budgets, sums in minor units. Null when this environment has no plan of that id. */
export async function findRefundPlan(scope: Scope, planId: RefundPlanId) {
  const maker = alias(people, "maker");
  const stopper = alias(people, "stopper");
  const [row] = await db()
    .select({
      plan: refundPlans,
      mchNo: merchants.mchNo,
      makerName: maker.name,
      stoppedByName: stopper.name,
      isHeld: sql<boolean>`${refundPlans.claim} is null and ${refundPlans.nextRunAt} > now()`,
    })
    .from(refundPlans)
    .innerJoin(merchants, eq(merchants.merchantId, refundPlans.merchantId))
    .leftJoin(maker, eq(maker.id, refundPlans.createdBy))
    .leftJoin(stopper, eq(stopper.id, refundPlans.stoppedBy))
    .where(and(inArray(refundPlans.merchantId, merchantIdsOf(scope)), eq(refundPlans.id, planId)))
    .limit(1);
  if (!row) return null;
  const { plan, ...around } = row;
  const budgets = await db()
    .select({
      currency: refundPlanBudgets.currency,
      budget: refundPlanBudgets.budget,
      spent: refundPlanBudgets.spent,
    })
    .from(refundPlanBudgets)
    .where(and(eq(refundPlanBudgets.merchantId, plan.merchantId), eq(refundPlanBudgets.planId, planId)))
    .orderBy(asc(refundPlanBudgets.currency));
  return { ...plan, ...around, id: planId, budgets };
}

export type PlanSum = Awaited<ReturnType<typeof sumPlan>>[number];

/** How many lines there are of each kind, and their sums in minor units, by currency. */
export async function sumPlan({ merchantId, id }: Pick<PlanDetails, "merchantId" | "id">) {
  const rows = await db()
    .select({
      currency: refundPlanLines.currency,
      state: refundPlanLines.state,
      verdict: refundPlanLines.verdict,
      isConfirmed: refundPlanLines.isConfirmed,
      refundState: refunds.state,
      lines: count(),
      amount: sum(refundPlanLines.amount),
    })
    .from(refundPlanLines)
    .leftJoin(
      refunds,
      and(eq(refunds.merchantId, refundPlanLines.merchantId), eq(refunds.id, refundPlanLines.refundId)),
    )
    .where(and(eq(refundPlanLines.merchantId, merchantId), eq(refundPlanLines.planId, id)))
    .groupBy(
      refundPlanLines.currency,
      refundPlanLines.state,
      refundPlanLines.verdict,
      refundPlanLines.isConfirmed,
      refunds.state,
    )
    .orderBy(asc(refundPlanLines.currency));
  return rows.map((row) => ({ ...row, amount: Number(row.amount ?? 0) }));
}

export type PlanLineRow = Awaited<ReturnType<typeof listPlanLines>>[number];

/** `refused`: those that the rehearsal or the run refused, and those somebody must look at twice. */
type PlanLineFilter = "all" | "refused" | "slips";

/** Lines of a plan in its order, with what became of them. */
export async function listPlanLines(
  { merchantId, id }: Pick<PlanDetails, "merchantId" | "id">,
  {
    filter = "all",
    after = 0,
    limit = mostPlanLines,
  }: { filter?: PlanLineFilter; after?: number; limit?: number } = {},
) {
  return db()
    .select({
      lineNo: refundPlanLines.lineNo,
      typedNumber: refundPlanLines.typedNumber,
      typedAmount: refundPlanLines.typedAmount,
      reason: refundPlanLines.reason,
      note: refundPlanLines.note,
      mchRefundNo: refundPlanLines.mchRefundNo,
      amount: refundPlanLines.amount,
      currency: refundPlanLines.currency,
      verdict: refundPlanLines.verdict,
      why: refundPlanLines.why,
      isConfirmed: refundPlanLines.isConfirmed,
      state: refundPlanLines.state,
      problem: refundPlanLines.problem,
      settledAt: refundPlanLines.settledAt,
      paymentId: refundPlanLines.paymentId,
      mchOrderNo: payments.mchOrderNo,
      payOrderId: payments.payOrderId,
      refundId: refundPlanLines.refundId,
      refundState: refunds.state,
      refundOrderId: refunds.refundOrderId,
      errCode: refunds.errCode,
      errMsg: refunds.errMsg,
      succeededAt: refunds.succeededAt,
      requestId: refundPlanLines.requestId,
      requestState: refundRequests.state,
    })
    .from(refundPlanLines)
    .leftJoin(payments, and(eq(payments.merchantId, merchantId), eq(payments.id, refundPlanLines.paymentId)))
    .leftJoin(refunds, and(eq(refunds.merchantId, merchantId), eq(refunds.id, refundPlanLines.refundId)))
    .leftJoin(
      refundRequests,
      and(eq(refundRequests.merchantId, merchantId), eq(refundRequests.id, refundPlanLines.requestId)),
    )
    .where(
      and(
        eq(refundPlanLines.merchantId, merchantId),
        eq(refundPlanLines.planId, id),
        gt(refundPlanLines.lineNo, after),
        wanted(filter),
      ),
    )
    .orderBy(asc(refundPlanLines.lineNo))
    .limit(limit);
}

function wanted(filter: PlanLineFilter): SQL | undefined {
  if (filter === "slips") {
    return sql`${refundPlanLines.verdict} = 'slip-of-units' and ${refundPlanLines.state} = 'waiting'`;
  }
  if (filter === "all") return undefined;
  return sql`${refundPlanLines.state} in ('skipped', 'failed')
    or ${refundPlanLines.verdict} not in ('refund', 'needs-approval')
    or ${refunds.state} in ('failed', 'unclear', 'stopped')`;
}
