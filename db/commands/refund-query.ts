import type { Sql } from "postgres";
import type { CredentialId, MerchantId } from "@/lib/domain/ids";

type Which = { merchantId: MerchantId; id: CredentialId };

/** Remembers that the gateway of a credential answers about refunds, signed: whatever 404 came before was a passing one. */
export async function noteRefundQueryAnswer(sql: Sql, { merchantId, id }: Which): Promise<void> {
  await sql`
    update credentials set refund_query = 'available', refund_query_absences = 0, refund_query_absent_since = null,
      refund_query_absent_at = null
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid`;
}

/** What makes a refund query missing: so many occasions, so far apart at least, over at least so long. */
export const absence = { occasions: 3, apartMinutes: 10, spanMinutes: 60 } as const;

/**
 * Counts a 404 to a question about a refund. Nobody signed it and anything on the way may have written it, so only
 * several of them, over a time, make the query missing; and never one that was answered before.
 *
 * @returns whether the query counts as missing now
 */
export async function noteNoRefundQuery(sql: Sql, { merchantId, id }: Which): Promise<boolean> {
  await sql`
    update credentials set
      refund_query_absences = refund_query_absences + 1,
      refund_query_absent_since = coalesce(refund_query_absent_since, now()),
      refund_query_absent_at = now(),
      refund_query = case
        when refund_query_absences + 1 >= ${absence.occasions}::int
          and refund_query_absent_since <= now() - make_interval(mins => ${absence.spanMinutes}::int) then 'missing'
        else refund_query end
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and refund_query = 'unknown'
      and coalesce(refund_query_absent_at <= now() - make_interval(mins => ${absence.apartMinutes}::int), true)`;
  const rows = await sql<{ refundQuery: string }[]>`
    select refund_query as "refundQuery" from credentials
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid`;
  return rows[0]?.refundQuery === "missing";
}
