import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { readUnsettledMessages, type StoredMessage } from "@/db/commands/messages-again";
import {
  type BatchCounts,
  type ClaimedReprocessing,
  claimReprocessings,
  finishReprocessing,
  noteBatch,
  releaseReprocessing,
} from "@/db/commands/reprocessings";
import { log } from "@/lib/log/log";
import { judgeAgain } from "./judge-again";

/**
 * Claims runs whose time has come and takes each a few batches further. Any number of workers may do this.
 *
 * @returns how many runs were claimed, so that the caller knows whether more may be waiting
 */
export async function runDueReprocessings({
  runs,
  batches,
  batchSize,
}: {
  runs: number;
  batches: number;
  batchSize: number;
}): Promise<number> {
  const claimed = await claimReprocessings(sqlClient(), runs);
  for (const run of claimed) {
    try {
      await goOn(run, { batches, batchSize });
    } catch (error) {
      // The lease runs out and the batch has its turn again; judging twice changes nothing.
      log.error({ error, reprocessingId: run.id }, "judging messages again failed");
    }
  }
  return claimed.length;
}

async function goOn(
  run: ClaimedReprocessing,
  { batches, batchSize }: { batches: number; batchSize: number },
): Promise<void> {
  const { environment, merchantId } = run;
  const tell = () => announceChange(sqlClient(), { environment, merchantId, paymentId: null });
  let after = run.seen;
  for (let count = 0; count < batches; count += 1) {
    const messages = await readUnsettledMessages(sqlClient(), { ...run, after, limit: batchSize });
    const last = messages.at(-1);
    if (!last) {
      await finishReprocessing(sqlClient(), run);
      tell();
      return;
    }
    after = { at: last.receivedAt, id: last.id };
    const goesOn = await noteBatch(sqlClient(), run, { ...(await judgeBatch(messages)), seen: after });
    tell();
    if (!goesOn) return;
  }
  await releaseReprocessing(sqlClient(), run);
}

const atOnce = 4;

async function judgeBatch(messages: readonly StoredMessage[]): Promise<BatchCounts> {
  const counts = { looked: messages.length, changed: 0, moved: 0, failed: 0 };
  const queue = [...messages];
  const lanes = Array.from({ length: atOnce }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        const { from, to, moved } = await judgeAgain(next);
        if (from !== to) counts.changed += 1;
        if (moved) counts.moved += 1;
      } catch (error) {
        log.error({ error, notificationId: next.id }, "a message could not be judged again");
        counts.failed += 1;
      }
    }
  });
  await Promise.all(lanes);
  return counts;
}
