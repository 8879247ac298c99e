import { inSqlTransaction } from "@/db/client";
import { sealAudit } from "@/db/commands/audit-seals";
import { log } from "@/lib/log/log";

/** So many in one transaction. */
const atOnce = 500;

/** How often the head is written into the log at most, where whoever collects logs keeps it away from the database. */
const headEveryMs = 60_000;

let headWrittenAt = Number.NEGATIVE_INFINITY;

/**
 * Seals what was added to the audit. Any number of processes may do it; one at a time does.
 *
 * @returns how many entries, so that the next ones are sealed at once while there are some
 */
export async function sealEntries(): Promise<number> {
  const done = await inSqlTransaction((sql) => sealAudit(sql, atOnce));
  if (!done || done.sealed === 0) return 0;
  if (done.head && performance.now() - headWrittenAt >= headEveryMs) {
    headWrittenAt = performance.now();
    log.info({ sealNo: done.head.sealNo, hash: done.head.hash }, "head of the audit");
  }
  return done.sealed;
}
