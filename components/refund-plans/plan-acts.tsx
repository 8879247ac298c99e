import { Panel } from "@/components/ui/panel";
import type { PlanDetails, PlanLineRow } from "@/db/queries/refund-plan-page";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { PlanActForm, RunPlanForm } from "./plan-forms";
import { type CurrencySums, runBudgets } from "./plan-sums";

type News = { news: string };

type Props = {
  plan: PlanDetails;
  environment: Environment;
  sums: readonly CurrencySums[];
  slips: readonly PlanLineRow[];
  holdSeconds: number;
  isMaker: boolean;
  actions: { run: Action<News>; pause: Action<News>; rehearse: Action<News>; end: Action<News> };
};

/** What can be done with a plan as it stands. */
export function PlanActs({ plan, environment, sums, slips, holdSeconds, isMaker, actions }: Props) {
  const which = { environment, planId: plan.id };
  if (plan.state === "running") {
    return (
      <Panel title="It runs" environment={environment}>
        <PlanActForm action={actions.pause} label="Pause" pendingLabel="Pausing" variant="danger" {...which} />
        <p className="text-12 text-ink-2">The line that is under way ends; the next one is not sent.</p>
      </Panel>
    );
  }
  if (plan.state !== "draft" && plan.state !== "paused") return null;
  const isPaused = plan.state === "paused";
  const budgets = runBudgets(sums);
  return (
    <Panel title={isPaused ? "Go on" : "Run"} environment={environment}>
      {isMaker ? (
        <>
          <RunPlanForm
            action={actions.run}
            rehearsal={plan.rehearsedAt?.getTime() ?? 0}
            budgets={budgets}
            slips={slips.map(({ lineNo, typedNumber, why }) => ({ lineNo, number: typedNumber, why }))}
            isPaused={isPaused}
            holdSeconds={holdSeconds}
            impossible={budgets.length === 0 ? "No line of it can run." : null}
            {...which}
          />
          <PlanActForm action={actions.rehearse} label="Rehearse again" pendingLabel="Rehearsing" {...which} />
        </>
      ) : (
        <p className="text-13 text-ink-2">Only {plan.makerName ?? "its maker"}, who made it, can run it.</p>
      )}
      <div className="border-t border-line pt-4">
        <PlanActForm
          action={actions.end}
          label={isPaused ? "End it here" : "Discard"}
          pendingLabel="Ending"
          variant="danger"
          {...which}
        />
      </div>
    </Panel>
  );
}
