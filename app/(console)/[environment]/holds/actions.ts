"use server";

import { redirect } from "next/navigation";
import { defineScopedAction } from "@/lib/actions/define-action";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, type Result } from "@/lib/domain/result";
import type { HoldOutcome } from "@/lib/holds/act-on-hold";
import { CompleteHoldInput, completeHold } from "@/lib/holds/complete-hold";
import { ReleaseHoldInput, releaseHold } from "@/lib/holds/release-hold";

// What went well, or is not known yet, is told by the payment's page, so only problems come back to the form.
type Outcome = Result<unknown, Problem>;

export const completeHoldAction = defineScopedAction(
  { permission: "holds:complete", input: CompleteHoldInput },
  async (scope, input): Promise<Outcome> => {
    const completed = await completeHold(scope, input);
    return told(completed, `/${scope.environment}/payments/${input.paymentId}`);
  },
);

export const releaseHoldAction = defineScopedAction(
  { permission: "holds:release", input: ReleaseHoldInput },
  async (scope, input): Promise<Outcome> => {
    const released = await releaseHold(scope, input);
    return told(released, `/${scope.environment}/payments/${input.paymentId}`);
  },
);

function told(outcome: Result<HoldOutcome, Problem>, page: string): Outcome {
  if (!outcome.ok) return outcome;
  if (outcome.value.kind === "done" || outcome.value.kind === "unclear") redirect(page);
  return err(problem(outcome.value.kind, `${outcome.value.why} The hold stands as before.`));
}
