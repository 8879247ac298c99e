import { z } from "zod";
import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { type AuditNote, noteAudit } from "@/db/commands/audit";
import { discardPlan, pausePlan, startPlan } from "@/db/commands/refund-plans";
import { readRefundRules } from "@/db/queries/refund-rules";
import { type MerchantId, RefundPlanId } from "@/lib/domain/ids";
import { largestAmount, parseAmount } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { mostPlanLines } from "@/lib/domain/refund-plan";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { planForActing, planOfMaker } from "./rehearse-plan";

const fieldOfBudget = "budget.";

/** A budget for each currency comes as `budget.HKD`, in major units; a form has flat names. */
export const RunPlanInput = z
  .record(z.string(), z.unknown())
  .transform((form) => ({
    ...form,
    budgets: Object.entries(form)
      .filter(([name]) => name.startsWith(fieldOfBudget))
      .map(([name, typed]) => ({ currency: name.slice(fieldOfBudget.length), typed: String(typed) })),
  }))
  .pipe(
    z.object({
      planId: RefundPlanId,
      /** Which rehearsal the person looked at, in milliseconds. */
      rehearsal: z.coerce.number().int().positive(),
      /** Lines whose sum seems a slip of units and is meant. */
      confirmed: z.array(z.coerce.number().int().positive()).max(mostPlanLines).default([]),
      budgets: z.array(z.object({ currency: z.string().regex(/^[A-Z]{3}$/), typed: z.string() })).max(20),
    }),
  );
export type RunPlanInput = z.infer<typeof RunPlanInput>;

/** Takes a start back with its transaction. */
class NotStarted extends Error {
  constructor(readonly why: "changed" | "below-spent" | "nothing-to-do") {
    super(why);
  }
}

const whyNotStarted = {
  changed: problem("changed", "The plan was rehearsed, started or ended since you opened this page. Look at it again."),
  "below-spent": problem("below-spent", "A budget is smaller than what the plan has spent of it already."),
  "nothing-to-do": problem("nothing-to-do", "No line of this plan can run. Nothing was sent."),
};

/**
 * Starts a plan, or goes on with a paused one. It begins after the hold that refunds of this environment have, so that
 * it can still be stopped; its lines then run one after the other.
 */
export async function runPlan(
  scope: Scope,
  input: RunPlanInput,
  address: string | null = null,
): Promise<Result<{ news: string }, Problem>> {
  const found = await planOfMaker(scope, input.planId);
  if (!found.ok) return found;
  const budgets = readBudgets(input.budgets);
  if (!budgets.ok) return budgets;
  const { environment } = scope;
  const { merchantId, id: planId, label, state } = found.value;
  const { holdSeconds } = await readRefundRules(environment);
  const { confirmed } = input;
  const start = { merchantId, planId, rehearsedAt: new Date(input.rehearsal), confirmed, budgets: budgets.value };
  try {
    await inSqlTransaction(async (sql) => {
      const outcome = await startPlan(sql, { ...start, holdSeconds });
      if (outcome !== "started") throw new NotStarted(outcome);
      const budget = Object.fromEntries(
        budgets.value.map(({ currency, budget: most }) => [`budget ${currency}`, most]),
      );
      const action = state === "paused" ? "refund-plan.resumed" : "refund-plan.started";
      await noteAudit(sql, noteOf(scope, { planId, action, details: { label, ...budget }, address }));
    });
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    return err(whyNotStarted[error.why]);
  }
  announceChange(sqlClient(), { environment, merchantId, paymentId: null });
  return ok({ news: holdSeconds === 0 ? "It runs." : `It begins in ${holdSeconds} s. Until then nothing is sent.` });
}

/** Stops a plan before its next line. What was sent stays sent. */
export async function stopPlan(
  scope: Scope,
  planId: RefundPlanId,
  address: string | null = null,
): Promise<Result<{ news: string }, Problem>> {
  return changed(scope, planId, address, {
    action: "refund-plan.paused",
    change: (sql, key) => pausePlan(sql, key, { personId: scope.viewer.personId, reason: null }),
    news: "Paused. The next line is not sent.",
    refusal: "It does not run any more.",
  });
}

/** Ends a plan that does not run, for good. */
export async function endPlan(
  scope: Scope,
  planId: RefundPlanId,
  address: string | null = null,
): Promise<Result<{ news: string }, Problem>> {
  return changed(scope, planId, address, {
    action: "refund-plan.ended",
    change: (sql, key) => discardPlan(sql, key, scope.viewer.personId),
    news: "Ended. What waited will not be sent.",
    refusal: "It runs or has ended. Pause it first.",
  });
}

type Sql = Parameters<typeof pausePlan>[0];
type PlanKey = { merchantId: MerchantId; planId: RefundPlanId };

async function changed(
  scope: Scope,
  planId: RefundPlanId,
  address: string | null,
  act: { action: string; change: (sql: Sql, plan: PlanKey) => Promise<boolean>; news: string; refusal: string },
): Promise<Result<{ news: string }, Problem>> {
  const found = await planForActing(scope, planId);
  if (!found.ok) return found;
  const { merchantId, label } = found.value;
  const hasChanged = await inSqlTransaction(async (sql) => {
    const isDone = await act.change(sql, { merchantId, planId });
    if (isDone) await noteAudit(sql, noteOf(scope, { planId, action: act.action, details: { label }, address }));
    return isDone;
  });
  if (!hasChanged) return err(problem("changed", act.refusal));
  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId: null });
  return ok({ news: act.news });
}

/** Who did it to which plan, for the audit. Belongs into the transaction of the change. */
export function noteOf(
  { environment, viewer }: Scope,
  { planId, ...act }: { planId: RefundPlanId } & Pick<AuditNote, "action" | "details" | "address">,
): AuditNote {
  return {
    ...act,
    actor: { kind: "person", personId: viewer.personId },
    environment,
    subject: `refund-plan:${planId}`,
  };
}

type Budget = { currency: string; budget: number };

function readBudgets(typed: RunPlanInput["budgets"]): Result<Budget[], Problem> {
  const read = typed.map(({ currency, typed: text }) => ({
    currency,
    budget: parseAmount(text.replaceAll(",", ""), currency, mostPlanLines * largestAmount),
  }));
  const fields = read.flatMap(({ currency, budget }) =>
    budget.ok ? [] : [{ name: `${fieldOfBudget}${currency}`, messages: [budget.error.message] }],
  );
  if (fields.length > 0) {
    const wrong = Object.fromEntries(fields.map(({ name, messages }) => [name, messages]));
    return err(problem("invalid-budget", "A budget is missing.", wrong));
  }
  return ok(read.flatMap(({ currency, budget }) => (budget.ok ? [{ currency, budget: budget.value }] : [])));
}
