import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import type { MerchantId } from "@/lib/domain/ids";

/** How far back is looked: only so many of the merchant's newest payments, so that it costs the same in a large shop. */
const newest = 1000;

/**
 * The last sums (minor units, at most 20) that were paid for the same subject in the same currency: what is ordinary
 * for it.
 */
export async function amountsSoldBefore(
  merchantId: MerchantId,
  { subject, currency }: { subject: string; currency: string },
): Promise<number[]> {
  const rows = await db().execute<{ amount: string }>(sql`
    select amount from (
      select amount, subject, currency, paid_at from ${payments}
      where merchant_id = ${merchantId}::uuid
      order by created_at desc, id desc
      limit ${newest}
    ) as recent
    where subject = ${subject} and currency = ${currency} and paid_at is not null
    limit 20`);
  return rows.map(({ amount }) => Number(amount));
}
