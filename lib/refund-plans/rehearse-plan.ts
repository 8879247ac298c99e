import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { readPaymentsByNumbers } from "@/db/commands/refund-plan-payments";
import { type PlanForActing, readPlan, readPlanLinesOf, storeRehearsal } from "@/db/commands/refund-plans";
import { readRefundRules, spentAlone } from "@/db/queries/refund-rules";
import type { RefundPlanId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { gatewayDay } from "@/lib/domain/possible-acts";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { judgeLines } from "./judge-lines";

/**
 * Says of each waiting line what would become of it now, and stores that with the sum it would give back. Nothing is
 * sent, and the gateway is not asked.
 */
export async function rehearsePlan(scope: Scope, planId: RefundPlanId): Promise<Result<{ news: string }, Problem>> {
  const found = await planOfMaker(scope, planId);
  if (!found.ok) return found;
  const { environment, viewer } = scope;
  const { merchantId, now } = found.value;
  const lines = await readPlanLinesOf(sqlClient(), merchantId, planId);
  const numbers = lines.map(({ typedNumber }) => typedNumber);
  const [payments, rules] = await Promise.all([
    readPaymentsByNumbers(sqlClient(), merchantId, numbers),
    readRefundRules(environment),
  ]);
  const currencies = [...new Set(payments.map(({ currency }) => currency))];
  const spentToday = new Map(
    await Promise.all(
      currencies.map(async (currency) => {
        const spent = await spentAlone(scope, { day: gatewayDay(now), currency });
        return [currency, spent] as const;
      }),
    ),
  );
  const judged = judgeLines(lines, { payments, rules, role: viewer.role, spentToday, now });
  const isStored = await inSqlTransaction((sql) => storeRehearsal(sql, { merchantId, planId }, judged));
  if (!isStored) return err(problem("running", "This plan runs or has ended, so there is nothing to rehearse."));
  announceChange(sqlClient(), { environment, merchantId, paymentId: null });
  return ok({ news: "Rehearsed. Nothing was sent." });
}

/** A plan that this person made: refunds are made in the maker's name, so nobody else runs it. */
export async function planOfMaker(scope: Scope, planId: RefundPlanId): Promise<Result<PlanForActing, Problem>> {
  const found = await planForActing(scope, planId);
  if (!found.ok || found.value.createdBy === scope.viewer.personId) return found;
  return err(problem("not-yours", "Only the person who made a plan runs it. You can pause or end it."));
}

export async function planForActing(scope: Scope, planId: RefundPlanId): Promise<Result<PlanForActing, Problem>> {
  const refusal = refusalFor(scope, "refunds:create");
  if (refusal) return err(refusal);
  const plan = await readPlan(sqlClient(), merchantIdsOf(scope), planId);
  return plan ? ok(plan) : err(problem("not-found", "There is no such plan in this environment."));
}
