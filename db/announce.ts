import type { Sql } from "postgres";
import type { Environment } from "@/lib/domain/environment";
import type { MerchantId, PaymentId } from "@/lib/domain/ids";

/** That something changed, and where: a hint to look again, never the news itself. */
export type Change = { environment: Environment; merchantId: MerchantId; paymentId: PaymentId | null };

export const changesChannel = "countersign_changes";

/**
 * Tells open browsers, soon after a commit, that there is something to look at.
 *
 * Not inside the transaction: notifying ones queue for one lock of the whole server until their commit is on disk.
 * Hints of the same moment travel together, a hint that is lost is made up for by the page's own slow refresh.
 */
export function announceChange(sql: Sql, change: Change): void {
  const key = `${change.merchantId} ${change.paymentId}`;
  const isFirst = waiting.size === 0;
  waiting.set(key, change);
  if (isFirst) setTimeout(() => void send(sql), 20).unref();
}

const waiting = new Map<string, Change>();

// NOTIFY takes 8,000 bytes.
const perMessage = 40;

async function send(sql: Sql): Promise<void> {
  const changes = [...waiting.values()];
  waiting.clear();
  for (let from = 0; from < changes.length; from += perMessage) {
    const payload = JSON.stringify(changes.slice(from, from + perMessage));
    // The database may be away just now; then the pages have worse things to show than an old line.
    await sql`select pg_notify(${changesChannel}, ${payload})`.catch(() => {});
  }
}
