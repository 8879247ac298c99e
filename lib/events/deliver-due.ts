import { sqlClient, withRetry } from "@/db/client";
import { type ClaimedDelivery, claimDeliveries, planDeliveries } from "@/db/commands/event-deliveries";
import { log } from "@/lib/log/log";
import { deliverEvent } from "./deliver-event";

/**
 * Gives new events to the endpoints that want them and sends what is due, a few at a time. Any number of workers may do
 * this at once.
 *
 * @returns how much was found, so that the caller knows whether more may be waiting
 */
export async function deliverDue({ limit, atOnce }: { limit: number; atOnce: number }): Promise<number> {
  const planned = await withRetry(() => planDeliveries(sqlClient(), limit));
  const due = await claimDeliveries(sqlClient(), limit);
  const queue = [...due];
  const sending = Array.from({ length: Math.min(atOnce, queue.length) }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await deliver(next);
  });
  await Promise.all(sending);
  return planned + due.length;
}

async function deliver(claimed: ClaimedDelivery): Promise<void> {
  try {
    await deliverEvent(claimed, "worker");
  } catch (error) {
    // The lease runs out and it is sent again; one bad row must not keep the others waiting.
    log.error({ error, deliveryId: claimed.deliveryId }, "sending an event failed");
  }
}
