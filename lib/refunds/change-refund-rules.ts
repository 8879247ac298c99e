import { inTransaction, sqlClient } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { setHoldSeconds, setRefundLimit } from "@/db/commands/refund-control";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { longestHoldSeconds, type RefundLimit } from "@/lib/domain/refund-rules";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";

/** Sets how long refunds of this environment can be stopped before they are sent. */
export async function changeHold(
  scope: Scope,
  holdSeconds: number,
  address: string | null,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "refund-rules:write");
  if (refusal) return err(refusal);
  if (!Number.isInteger(holdSeconds) || holdSeconds < 0 || holdSeconds > longestHoldSeconds) {
    const message = `Whole seconds, from 0 to ${longestHoldSeconds}.`;
    return err(problem("invalid-hold", message, { holdSeconds: [message] }));
  }
  await note(scope, "refund-hold.changed", { holdSeconds }, address);
  await setHoldSeconds(sqlClient(), scope.environment, holdSeconds);
  return ok({ news: holdSeconds === 0 ? "Refunds are sent at once." : `Refunds can be stopped for ${holdSeconds} s.` });
}

/** Sets up to which sums a role refunds alone. Takes effect with the next refund, also of people who are signed in. */
export async function changeRefundLimit(
  scope: Scope,
  limit: RefundLimit,
  address: string | null,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "refund-rules:write");
  if (refusal) return err(refusal);
  await note(scope, "refund-limit.changed", { ...limit }, address);
  await setRefundLimit(sqlClient(), scope.environment, limit);
  return ok({ news: `The limit of ${limit.role} in ${limit.currency} is set.` });
}

// The note stands first: a change that nobody could trace must not happen.
async function note(
  scope: Scope,
  action: string,
  details: Record<string, string | number | null>,
  address: string | null,
): Promise<void> {
  const { environment, viewer } = scope;
  const actor = { kind: "person" as const, personId: viewer.personId };
  await inTransaction((tx) =>
    recordAudit(tx, { actor, action, environment, subject: `refunds:${environment}`, details, address }),
  );
}
