import { findRefundPlan, listPlanLines } from "@/db/queries/refund-plan-page";
import { scopeForRoute } from "@/lib/auth/viewer-for-route";
import { RefundPlanId } from "@/lib/domain/ids";
import { planReport, reportFileName } from "@/lib/refund-plans/plan-report";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ environment: string; planId: string }> };

/** What became of every line of a plan, as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { environment, planId } = await params;
  const asked = await scopeForRoute(request, environment, "refunds:create");
  if (!asked.ok) return asked.response;
  const id = RefundPlanId.safeParse(planId);
  const plan = id.success ? await findRefundPlan(asked.scope, id.data) : null;
  if (!plan) return new Response("There is no such plan in this environment.", { status: 404, headers: safe });
  return new Response(planReport(await listPlanLines(plan)), {
    headers: {
      ...safe,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${reportFileName(plan, asked.scope.environment)}"`,
    },
  });
}

const safe = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};
