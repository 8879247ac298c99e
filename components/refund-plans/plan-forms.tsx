"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { amountForInput, formatMoney } from "@/lib/domain/money";
import { type RunBudget, sumsToCome } from "./plan-sums";

type Which = { environment: Environment; planId: string };
type News = { news: string };

type SlipLine = { lineNo: number; number: string; why: string | null };

type RunProps = Which & {
  action: Action<News>;
  /** Which rehearsal this form shows. */
  rehearsal: number;
  budgets: readonly RunBudget[];
  slips: readonly SlipLine[];
  isPaused: boolean;
  holdSeconds: number;
  /** Why it cannot run. */
  impossible: string | null;
};

/** Starts or resumes a plan. The budget is what it never goes beyond, whatever happens to its lines. */
export function RunPlanForm({ action, rehearsal, budgets, slips, isPaused, holdSeconds, ...props }: RunProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const { impossible, ...which } = props;
  const verb = isPaused ? "Resume" : "Run";
  const sums = sumsToCome(budgets);
  return (
    <form ref={form} action={submit} className="grid gap-4">
      <Answer state={state} />
      <WhichFields {...which} />
      <input type="hidden" name="rehearsal" value={rehearsal} />
      {budgets.map(({ currency, toCome, spent, proposed }) => (
        <TextField
          key={`${currency} ${proposed}`}
          name={`budget.${currency}`}
          label={`Budget in ${currency}`}
          help={
            toCome === 0
              ? "Every sum in it seems a slip of units. This covers them; only what you tick below is refunded."
              : spent > 0
                ? `${formatMoney(spent, currency)} is used; with all that waits it would be ${formatMoney(spent + toCome, currency)}.`
                : "The run never gives back more than this. Refunds asked for count too."
          }
          defaultValue={entered(state, `budget.${currency}`) ?? amountForInput(proposed, currency)}
          error={errorsOf(state, `budget.${currency}`)}
          inputMode="decimal"
          autoComplete="off"
          required
        />
      ))}
      {slips.length > 0 ? (
        <fieldset className="grid gap-1 border-l-[3px] border-unclear bg-unclear-wash px-4 py-3">
          <legend className="sr-only">Sums that seem a slip of units</legend>
          <p className="text-13">
            Tick what is meant as it stands. The rest is skipped. Raise the budget where it does not cover them.
          </p>
          {slips.map(({ lineNo, number, why }) => (
            <Checkbox
              key={lineNo}
              name="confirmed[]"
              value={lineNo}
              label={
                <>
                  Line {lineNo}, <span className="mono">{number}</span>: {why}
                </>
              }
            />
          ))}
        </fieldset>
      ) : null}
      <SubmitButton size="lg" pendingLabel="Starting" disabledReason={impossible}>
        {sums === "" ? `${verb} the plan` : `${verb}: refund ${sums}`}
      </SubmitButton>
      <p className="text-12 leading-normal text-ink-2">
        {holdSeconds === 0 ? "It begins at once." : `It begins after ${holdSeconds} s.`} Pause stops it before the next
        line. Refunds are made in your name, with your limits.
      </p>
    </form>
  );
}

type ActProps = Which & {
  action: Action<News>;
  label: string;
  pendingLabel: string;
  variant?: "secondary" | "danger" | "primary";
};

/** One button that changes a plan. */
export function PlanActForm({ action, label, pendingLabel, variant = "secondary", ...which }: ActProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-2">
      <Answer state={state} />
      <WhichFields {...which} />
      <div>
        <SubmitButton variant={variant} pendingLabel={pendingLabel}>
          {label}
        </SubmitButton>
      </div>
    </form>
  );
}

function WhichFields({ environment, planId }: Which) {
  return (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="planId" value={planId} />
    </>
  );
}

function Answer({ state }: { state: ActionState<News> }) {
  if (state.status === "refused") return <Notice tone="failed" title={state.reason} live="alert" />;
  const whole = errorsOf(state, "");
  if (whole) return <Notice tone="failed" title={whole.join(" ")} live="alert" />;
  return state.status === "done" ? (
    <p className="text-12 text-ink-2" role="status">
      {state.value.news}
    </p>
  ) : null;
}
