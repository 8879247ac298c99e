import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Time } from "@/components/ui/time";
import type { PlanDetails } from "@/db/queries/refund-plan-page";
import { PlanStateLabel } from "./plan-state-label";

type Props = { plan: PlanDetails; counts: { settled: number; all: number }; report: ReactNode };

/** What a plan is and where it stands. */
export function PlanHead({ plan, counts, report }: Props) {
  const { label, state, makerName, mchNo, createdAt, rehearsedAt } = plan;
  return (
    <header className="grid gap-3">
      <PageTitle caption={<PlanStateLabel state={state} size="heading" />} aside={report}>
        {label}
      </PageTitle>
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-13 text-ink-2">
        <span>
          Made by {makerName ?? "somebody"}, <Time at={createdAt} kind="exact" />
        </span>
        <span>
          Merchant <span className="mono">{mchNo}</span>
        </span>
        {rehearsedAt ? (
          <span>
            Rehearsed <Time at={rehearsedAt} kind="exact" />
          </span>
        ) : null}
        {state === "draft" ? null : (
          <span className="inline-flex items-center gap-2">
            <progress
              max={counts.all}
              value={counts.settled}
              aria-label="Lines done"
              className="h-2 accent-sign-fill"
            />
            <span className="nums">
              {counts.settled} of {counts.all} lines done
            </span>
          </span>
        )}
      </p>
      <StandingNotice plan={plan} />
    </header>
  );
}

function StandingNotice({ plan }: { plan: PlanDetails }) {
  const { state, isHeld, nextRunAt, stopReason, stoppedByName } = plan;
  if (state === "running" && isHeld && nextRunAt) {
    return (
      <Notice tone="wait" title="It begins soon." live="status">
        Nothing is sent before <Time at={nextRunAt} kind="clock" />. Pause it until then and nothing ever is.
      </Notice>
    );
  }
  if (state === "paused") {
    return (
      <Notice tone="unclear" title={stopReason ?? `Paused by ${stoppedByName ?? "somebody"}.`} live="status">
        The next line is not sent. What was sent before stays sent; its outcome is in the lines below.
      </Notice>
    );
  }
  if (state === "discarded") {
    return (
      <Notice tone="closed" title={`Ended by ${stoppedByName ?? "somebody"}.`}>
        What waited will not be sent.
      </Notice>
    );
  }
  return null;
}
