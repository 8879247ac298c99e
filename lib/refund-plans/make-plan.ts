import { z } from "zod";
import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { insertPlan } from "@/db/commands/refund-plans";
import { MerchantId, newMchRefundNo, RefundPlanId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { refundReasons } from "@/lib/domain/refund-reasons";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { noteOf } from "./change-plan";
import { type LineProblem, readPlanLines } from "./read-plan-lines";
import { rehearsePlan } from "./rehearse-plan";

export const NewRefundPlan = z
  .object({
    /** Minted by the form, so that a double click makes one plan. */
    planId: RefundPlanId,
    merchantId: MerchantId,
    label: z.string().trim().min(1, "Give the plan a name.").max(60, "At most 60 characters."),
    /** For the lines that say none. */
    reason: z.string().refine((code) => refundReasons.some((reason) => reason.code === code), "Choose a reason."),
    otherReason: z.string().trim().max(64, "At most 64 characters.").default(""),
    lines: z.string().max(500_000, "This is more text than a thousand lines need."),
  })
  .refine(({ reason, otherReason }) => reason !== "other" || otherReason !== "", {
    path: ["otherReason"],
    message: "Write the reason; it goes to the gateway.",
  });
export type NewRefundPlan = z.infer<typeof NewRefundPlan>;

/** Stores a plan from a list of refunds and rehearses it. Nothing is sent before somebody runs it. */
export async function makePlan(
  scope: Scope,
  input: NewRefundPlan,
  address: string | null = null,
): Promise<Result<RefundPlanId, Problem>> {
  const refusal = refusalFor(scope, "refunds:create");
  if (refusal) return err(refusal);
  const { planId, merchantId, label, reason } = input;
  if (!scope.merchants.some((merchant) => merchant.merchantId === merchantId)) {
    return err(problem("not-found", "There is no such merchant in this environment."));
  }
  const typed = readPlanLines(input.lines);
  if (!typed.ok) return err(unreadable(typed.error));
  const usual =
    reason === "other" ? input.otherReason : (refundReasons.find(({ code }) => code === reason)?.label ?? "");
  const lines = typed.value.map((line) => ({
    lineNo: line.line,
    typedNumber: line.number,
    typedAmount: line.amount,
    reason: line.reason === "" ? usual : line.reason,
    note: line.note === "" ? null : line.note,
    mchRefundNo: newMchRefundNo(),
  }));
  const intent = { id: planId, label, createdBy: scope.viewer.personId, lines };
  const isNew = await inSqlTransaction(async (sql) => {
    if (!(await insertPlan(sql, merchantId, intent))) return false;
    const details = { label, lines: lines.length };
    await noteAudit(sql, noteOf(scope, { planId, action: "refund-plan.made", details, address }));
    return true;
  });
  if (isNew) {
    announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId: null });
  }
  const rehearsed = await rehearsePlan(scope, planId);
  // A repeated click may find the plan running; it is made all the same.
  return rehearsed.ok || rehearsed.error.kind === "running" ? ok(planId) : rehearsed;
}

const mostProblemsSaid = 20;

function unreadable(problems: readonly LineProblem[]): Problem {
  const said = problems.slice(0, mostProblemsSaid).map(({ line, message }) => `Line ${line}: ${message}`);
  const rest = problems.length - said.length;
  return problem("unreadable", "The list was not taken; nothing of it is lost.", {
    lines: rest > 0 ? [...said, `And ${rest} more lines.`] : said,
  });
}
