import { sqlClient, withRetry } from "@/db/client";
import { forgetDeliveries, merchantsWithEndpoints } from "@/db/commands/event-deliveries";
import { deliveriesKeptDays } from "@/lib/domain/events";

const dayMs = 24 * 3_600_000;

/**
 * Deletes a batch of deliveries, attempts and events that were kept long enough. What is still due stays, however old.
 *
 * @param limit  of each merchant and kind
 * @returns how much went, so that the caller knows whether more may be left
 */
export async function forgetOldDeliveries({ now, limit }: { now: Date; limit: number }): Promise<number> {
  const before = new Date(now.getTime() - deliveriesKeptDays * dayMs);
  let gone = 0;
  for (const merchantId of await merchantsWithEndpoints(sqlClient())) {
    gone += await withRetry(() => forgetDeliveries(sqlClient(), merchantId, { before, limit }));
  }
  return gone;
}
