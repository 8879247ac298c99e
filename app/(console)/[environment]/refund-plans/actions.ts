"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { RefundPlanId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { endPlan, RunPlanInput, runPlan, stopPlan } from "@/lib/refund-plans/change-plan";
import { makePlan, NewRefundPlan } from "@/lib/refund-plans/make-plan";
import { rehearsePlan } from "@/lib/refund-plans/rehearse-plan";

const OnePlan = z.object({ planId: RefundPlanId });

/** The page of the plan shows the rehearsal, so only problems come back to the form. */
export const makePlanAction = defineScopedAction(
  { permission: "refunds:create", input: NewRefundPlan },
  async (scope, input, { address }): Promise<Result<unknown, Problem>> => {
    const made = await makePlan(scope, input, address);
    if (made.ok) redirect(`/${scope.environment}/refund-plans/${made.value}`);
    return made;
  },
);

export const rehearsePlanAction = defineScopedAction(
  { permission: "refunds:create", input: OnePlan },
  (scope, { planId }) => rehearsePlan(scope, planId),
);

export const runPlanAction = defineScopedAction(
  { permission: "refunds:create", input: RunPlanInput },
  (scope, input, { address }) => runPlan(scope, input, address),
);

export const pausePlanAction = defineScopedAction(
  { permission: "refunds:create", input: OnePlan },
  (scope, { planId }, { address }) => stopPlan(scope, planId, address),
);

export const endPlanAction = defineScopedAction(
  { permission: "refunds:create", input: OnePlan },
  (scope, { planId }, { address }) => endPlan(scope, planId, address),
);
