import { and, count, eq, inArray, ne } from "drizzle-orm";
import { db } from "@/db/client";
import { merchants } from "@/db/schema/merchants";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refundPlanLines, refundPlans } from "@/db/schema/refund-plans";
import { MerchantId, type PaymentId, RefundPlanId } from "@/lib/domain/ids";
import type { ListPage, ListWindow } from "@/lib/domain/list-address";
import type { PlanState } from "@/lib/domain/refund-plan";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { readListPage } from "./keyset";

export type PlanListRow = {
  id: RefundPlanId;
  label: string;
  state: PlanState;
  lineCount: number;
  /** Lines that had their turn. */
  settledCount: number;
  mchNo: string;
  makerName: string | null;
  stopReason: string | null;
  createdAt: Date;
};

/** One screen of the plans of an environment. */
export async function listRefundPlans(scope: Scope, window: ListWindow<"createdAt">): Promise<ListPage<PlanListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["refund-plans", null],
    columns: { createdAt: refundPlans.createdAt },
    id: refundPlans.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: refundPlans.id,
          label: refundPlans.label,
          state: refundPlans.state,
          lineCount: refundPlans.lineCount,
          mchNo: merchants.mchNo,
          makerName: people.name,
          stopReason: refundPlans.stopReason,
          createdAt: refundPlans.createdAt,
        })
        .from(refundPlans)
        .innerJoin(merchants, eq(merchants.merchantId, refundPlans.merchantId))
        .leftJoin(people, eq(people.id, refundPlans.createdBy))
        .where(and(eq(refundPlans.merchantId, merchantId), where))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row) => ({ value: row.createdAt, id: row.id }),
  });
  const settled = await settledCounts(
    scope,
    page.rows.map(({ id }) => id),
  );
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      id: RefundPlanId.parse(row.id),
      settledCount: settled.get(row.id) ?? 0,
    })),
  };
}

async function settledCounts(scope: Scope, planIds: readonly string[]): Promise<Map<string, number>> {
  if (planIds.length === 0) return new Map();
  const rows = await db()
    .select({ planId: refundPlanLines.planId, settled: count() })
    .from(refundPlanLines)
    .where(
      and(
        inArray(refundPlanLines.merchantId, merchantIdsOf(scope)),
        inArray(refundPlanLines.planId, [...planIds]),
        ne(refundPlanLines.state, "waiting"),
      ),
    )
    .groupBy(refundPlanLines.planId);
  return new Map(rows.map(({ planId, settled }) => [planId, settled]));
}

/** The order numbers of chosen payments, to begin a plan with. Those of other environments are not found. */
export async function ordersForPlan(
  scope: Scope,
  ids: readonly PaymentId[],
): Promise<{ merchantId: MerchantId; mchOrderNo: string }[]> {
  if (ids.length === 0) return [];
  const rows = await db()
    .select({ id: payments.id, merchantId: payments.merchantId, mchOrderNo: payments.mchOrderNo })
    .from(payments)
    .where(and(inArray(payments.merchantId, merchantIdsOf(scope)), inArray(payments.id, [...ids])));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids
    .flatMap((id) => byId.get(id) ?? [])
    .map(({ merchantId, mchOrderNo }) => ({ merchantId: MerchantId.parse(merchantId), mchOrderNo }));
}
