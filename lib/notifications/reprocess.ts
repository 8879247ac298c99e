import { inSqlTransaction, sqlClient } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { readMessages } from "@/db/commands/messages-again";
import { insertReprocessing, stopReprocessing } from "@/db/commands/reprocessings";
import { type NotificationId, newId, ReprocessingId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import { judgeAgain, type Rejudged } from "./judge-again";
import { changesOf, type Rehearsal } from "./rehearsal";

/** What became of messages that were judged again. */
export type Reprocessed = Pick<Rehearsal, "looked" | "verdicts" | "states" | "failed">;

/** As many as a list shows twice over: more than that is a run since a time. */
export const mostChosen = 100;

/** Judges chosen messages again, now. */
export async function reprocessChosen(
  scope: Scope,
  ids: readonly NotificationId[],
  address: string | null,
): Promise<Result<Reprocessed, Problem>> {
  const refusal = refusalFor(scope, "notifications:reprocess");
  if (refusal) return err(refusal);
  const messages = await readMessages(sqlClient(), {
    merchantIds: merchantIdsOf(scope),
    ids: ids.slice(0, mostChosen),
  });
  if (messages.length === 0) {
    return err(problem("not-found", "None of them is here any more as it came, so there is nothing to judge again."));
  }
  const subject = messages.length === 1 ? `notification:${messages[0]?.id}` : "notifications:chosen";
  // Each move is a transaction of its own, so the name stands before the first of them, whatever breaks after it.
  await noteChosen(
    scope,
    { subject, address, action: "notifications.reprocessing-chosen" },
    { chosen: messages.length },
  );
  const judged: Rejudged[] = [];
  for (const message of messages) {
    try {
      judged.push(await judgeAgain(message));
    } catch (error) {
      log.error({ error, notificationId: message.id }, "a message could not be judged again");
    }
  }
  const done = { looked: messages.length, failed: messages.length - judged.length, ...changesOf(judged) };
  const moved = done.states.reduce((sum, { count }) => sum + count, 0);
  await noteChosen(
    scope,
    { subject, address, action: "notifications.reprocessed" },
    { looked: done.looked, failed: done.failed, moved },
  );
  return ok(done);
}

async function noteChosen(
  { viewer, environment }: Scope,
  note: { subject: string; address: string | null; action: string },
  details: Record<string, number>,
): Promise<void> {
  await noteAudit(sqlClient(), { ...note, actor: { kind: "person", personId: viewer.personId }, environment, details });
}

/**
 * Begins to judge everything again that came since a time, in batches by the worker, and then to ask about what was
 * never told.
 */
export async function startReprocessing(
  scope: Scope,
  since: Date,
  address: string | null,
): Promise<Result<ReprocessingId, Problem>> {
  const refusal = refusalFor(scope, "notifications:reprocess");
  if (refusal) return err(refusal);
  if (scope.merchants.length === 0) return err(problem("no-merchant", "This environment has no merchant yet."));
  const id = newId(ReprocessingId);
  const merchantIds = merchantIdsOf(scope);
  try {
    await inSqlTransaction(async (sql) => {
      const begun = await insertReprocessing(sql, { id, merchantIds, since, startedBy: scope.viewer.personId });
      if (begun < merchantIds.length) throw anotherRuns;
      await noteRun(sql, scope, { id, action: "notifications.reprocessing-started", since, address });
    });
  } catch (error) {
    if (error !== anotherRuns) throw error;
    return err(
      problem("running", "Messages are being judged again already. Wait for that run to end, or stop it first."),
    );
  }
  return ok(id);
}

const anotherRuns = new Error("One run at a time.");

/** Stops a run after its present batch. What it has done stays. */
export async function endReprocessing(
  scope: Scope,
  id: ReprocessingId,
  address: string | null,
): Promise<Result<ReprocessingId, Problem>> {
  const refusal = refusalFor(scope, "notifications:reprocess");
  if (refusal) return err(refusal);
  const isStopped = await inSqlTransaction(async (sql) => {
    const stoppedBy = scope.viewer.personId;
    if (!(await stopReprocessing(sql, { id, merchantIds: merchantIdsOf(scope), stoppedBy }))) return false;
    await noteRun(sql, scope, { id, action: "notifications.reprocessing-stopped", since: null, address });
    return true;
  });
  return isStopped ? ok(id) : err(problem("ended", "It has ended already."));
}

type Run = { id: ReprocessingId; action: string; since: Date | null; address: string | null };

async function noteRun(
  sql: Parameters<typeof noteAudit>[0],
  { viewer, environment }: Scope,
  { id, action, since, address }: Run,
): Promise<void> {
  const actor = { kind: "person", personId: viewer.personId } as const;
  const details = { since: since?.toISOString() ?? null };
  await noteAudit(sql, { actor, action, environment, subject: `reprocessing:${id}`, details, address });
}
