import { Download } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinesTable } from "@/components/refund-plans/lines-table";
import { PlanActs } from "@/components/refund-plans/plan-acts";
import { PlanHead } from "@/components/refund-plans/plan-head";
import { countLines, currencySums } from "@/components/refund-plans/plan-sums";
import { PlanTotals } from "@/components/refund-plans/plan-totals";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { findRefundPlan, listPlanLines, sumPlan } from "@/db/queries/refund-plan-page";
import { readRefundRules } from "@/db/queries/refund-rules";
import { requireScope } from "@/lib/auth/require-viewer";
import { RefundPlanId } from "@/lib/domain/ids";
import { type AddressParams, readParam, readWords } from "@/lib/domain/list-address";
import { LineNumber, linesPerScreen } from "@/lib/domain/refund-plan";
import { endPlanAction, pausePlanAction, rehearsePlanAction, runPlanAction } from "../actions";

type Props = { params: Promise<{ environment: string; planId: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Refund plan", (await params).environment);
}

export default async function RefundPlanPage({ params, searchParams }: Props) {
  const { environment: named, planId } = await params;
  const scope = await requireScope(named, "refunds:create");
  const id = RefundPlanId.safeParse(planId);
  const plan = id.success ? await findRefundPlan(scope, id.data) : null;
  if (!plan) notFound();
  const { environment, viewer } = scope;
  const asked = await searchParams;
  const [filter = "all"] = readWords(asked, "lines", ["refused"]);
  const after = readParam(asked, "after", LineNumber) ?? 0;
  const [sums, lines, slips, rules] = await Promise.all([
    sumPlan(plan),
    listPlanLines(plan, { filter, after, limit: linesPerScreen + 1 }),
    listPlanLines(plan, { filter: "slips" }),
    readRefundRules(environment),
  ]);
  const shown = lines.slice(0, linesPerScreen);
  const inCurrencies = currencySums(sums, plan.budgets);
  const counts = countLines(sums);
  const path = `/${environment}/refund-plans/${plan.id}`;
  const filtered = filter === "all" ? path : `${path}?lines=${filter}`;
  const next = lines.length > linesPerScreen ? shown.at(-1)?.lineNo : undefined;

  return (
    <>
      <LiveRefresh topics={[environment]} />
      <Breadcrumb items={[{ label: "Refund plans", href: `/${environment}/refund-plans` }, { label: plan.label }]} />
      <PlanHead
        plan={plan}
        counts={counts}
        report={
          // A file and no page: the browser fetches it, not the router.
          <a href={`${path}/report`} className="btn" data-variant="secondary" data-size="md" download>
            <Download />
            Report
          </a>
        }
      />
      <div className="mt-6 grid items-start gap-8 wide:grid-cols-[minmax(0,1fr)_360px]">
        <PlanTotals sums={inCurrencies} />
        <PlanActs
          plan={plan}
          environment={environment}
          sums={inCurrencies}
          slips={slips}
          holdSeconds={rules.holdSeconds}
          isMaker={plan.createdBy === viewer.personId}
          actions={{
            run: runPlanAction,
            pause: pausePlanAction,
            rehearse: rehearsePlanAction,
            end: endPlanAction,
          }}
        />
      </div>
      <Section id="lines" title="Lines" caption={`${counts.all} in all, in the order in which they run`}>
        <div className="mb-3">
          <Tabs
            label="Views of the lines"
            tabs={[
              { href: path, label: "All", current: filter === "all" },
              { href: `${path}?lines=refused`, label: "Refused or to look at", current: filter === "refused" },
            ]}
          />
        </div>
        {shown.length > 0 ? (
          <LinesTable lines={shown} environment={environment} />
        ) : (
          <p className="text-13 text-ink-2">No line was refused.</p>
        )}
        <nav aria-label="Pages of lines" className="flex justify-end gap-2 pt-3">
          {after > 0 ? <LinkButton href={`${filtered}#lines`}>First lines</LinkButton> : null}
          {next ? (
            <LinkButton href={`${filtered}${filter === "all" ? "?" : "&"}after=${next}#lines`}>More lines</LinkButton>
          ) : null}
        </nav>
      </Section>
    </>
  );
}
