import { MerchantId, newId, RefundPlanId } from "@/lib/domain/ids";
import { runPlan } from "@/lib/refund-plans/change-plan";
import { makePlan } from "@/lib/refund-plans/make-plan";
import { runDuePlans } from "@/lib/refund-plans/run-due-plans";
import type { Broken } from "../core/campaign";
import { advance } from "../shop/database-clock";
import type { Act } from "./acts";
import { type Flow, paid, type Stage } from "./flows";

const hourMs = 60 * 60_000;

/** A started plan of two refunds, and the worker that has its turn with it. */
export const planFlow: Flow = {
  prepare: async (stage, label) => {
    const { sql, merchantId } = stage.shop;
    // Earlier ones wait until this one is over, so that its steps are its own.
    await sql`update refund_plans set next_run_at = next_run_at + interval '1 hour' where state = 'running'`;
    for (const line of ["A", "B"]) await paid(stage, `${label}-${line}`);
    const what = { planId: newId(RefundPlanId), merchantId: MerchantId.parse(merchantId), label: "Returns" };
    const lines = `${label}-A,4.00\n${label}-B,6.00`;
    const made = await makePlan(stage.operator, { ...what, reason: "goodwill", otherReason: "", lines });
    if (!made.ok) throw new Error(`${label}: ${JSON.stringify(made.error)}`);
    const [row] = await sql<{ rehearsedAt: Date }[]>`
      select rehearsed_at as "rehearsedAt" from refund_plans where id = ${what.planId}`;
    const rehearsal = new Date(row?.rehearsedAt ?? 0).getTime();
    const budgets = [{ currency: "HKD", typed: "10.00" }];
    const started = await runPlan(stage.operator, { planId: what.planId, rehearsal, confirmed: [], budgets });
    if (!started.ok) throw new Error(`${label}: ${started.error.message}`);
    return { kind: "run plans" };
  },
  againMayBe: [],
  goOn: async ({ shop }) => {
    await advance(shop.sql, 200 * hourMs);
    while ((await runDuePlans({ plans: 8, linesEach: 5 })) > 0);
  },
  judge,
};

/** Every plan has ended, and each of its lines is one refund that succeeded. */
async function judge({ shop }: Stage, acts: readonly Act[]): Promise<Broken[]> {
  const rows = await shop.sql`
    select plan.id, plan.state, budget.spent, array_agg(coalesce(refunds.state, line.state) order by line.line_no) as lines
    from refund_plans plan
    join refund_plan_budgets budget on budget.plan_id = plan.id
    join refund_plan_lines line on line.plan_id = plan.id
    left join refunds on refunds.id = line.refund_id
    group by plan.id, plan.state, budget.spent
    having plan.state <> 'finished' or budget.spent <> 1000
      or array_agg(coalesce(refunds.state, line.state)) <> '{succeeded,succeeded}'`;
  const invariant = "a plan ends with every line made once";
  const shown = rows.slice(0, 2).map((row) => JSON.stringify(row));
  const broken: Broken[] = rows.length === 0 ? [] : [{ invariant, detail: `${rows.length} plans: ${shown.join(" ")}` }];
  const [made] = await shop.sql<{ count: number }[]>`select count(*)::int as count from refunds`;
  if (made?.count === acts.length * 2) return broken;
  return [...broken, { invariant, detail: `${made?.count} refunds of ${acts.length * 2} lines` }];
}
