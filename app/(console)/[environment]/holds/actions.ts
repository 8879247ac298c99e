"use server";

import { redirect } from "next/navigation";
import { defineScopedAction } from "@/lib/actions/define-action";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import type { HoldOutcome } from "@/lib/holds/act-on-hold";
import { CompleteHoldInput, completeHold } from "@/lib/holds/complete-hold";
import { ReleaseHoldInput, releaseHold } from "@/lib/holds/release-hold";

// Only what never became an act comes back to the form. What became of an act is told by the payment's page, a refusal too:
// the form's number is spent then, and would only be answered with the same refusal again.
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
  redirect(page);
}
