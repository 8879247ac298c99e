import { sqlClient } from "@/db/client";
import { claimDue, type DuePayment, type DueRefund } from "@/db/commands/due";
import { log } from "@/lib/log/log";
import { askAboutRefund } from "@/lib/refunds/ask-refund";
import { askAboutPayment } from "./ask-payment";

/**
 * Claims what is due and asks the gateway about it, a few at a time. Any number of workers may do this at once.
 *
 * @returns how many were claimed, so that the caller knows whether more may be waiting
 */
export async function askDue({ limit, atOnce }: { limit: number; atOnce: number }): Promise<number> {
  const due = await claimDue(sqlClient(), limit);
  const queue = [...due];
  const asking = Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await askAbout(next);
  });
  await Promise.all(asking);
  return due.length;
}

async function askAbout(due: DuePayment | DueRefund): Promise<void> {
  try {
    if (due.kind === "payment") await askAboutPayment([due.merchantId], due.id, "worker");
    else await askAboutRefund([due.merchantId], due.id, "worker");
  } catch (error) {
    // The lease runs out and the question is asked again; one bad row must not keep the others waiting.
    log.error({ error, kind: due.kind, id: due.id }, "asking the gateway failed");
  }
}
