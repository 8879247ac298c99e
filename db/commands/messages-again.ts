import type { PendingQuery, Row, Sql } from "postgres";
import type { CredentialId, MerchantId, NotificationId, RefundId } from "@/lib/domain/ids";
import type { NotificationKind } from "@/lib/domain/verdict";

/** A stored message that may be judged again, with its very bytes. */
export type StoredMessage = {
  merchantId: MerchantId;
  id: NotificationId;
  credentialId: CredentialId;
  kind: NotificationKind;
  contentType: string | null;
  query: string;
  body: Uint8Array;
  headers: [name: string, value: string][];
  sourceAddress: string | null;
  verdict: string;
  receivedAt: Date;
};

/** The place of a message in the order of arrival. */
export type Place = { at: Date; id: NotificationId };

/**
 * Messages of one merchant that had no effect and are still here as they came, oldest first. What is valid and waits for
 * nothing is not among them: judging it again would change nothing.
 *
 * @param after  the last one already seen
 */
export async function readUnsettledMessages(
  sql: Sql,
  {
    merchantId,
    since,
    until,
    after,
    limit,
  }: { merchantId: MerchantId; since: Date; until: Date; after: Place | null; limit: number },
): Promise<StoredMessage[]> {
  const begins = after ?? { at: since, id: "00000000-0000-0000-0000-000000000000" };
  return stored(sql`
    select ${columns(sql)}
    from notifications n join notification_bodies b on b.merchant_id = n.merchant_id and b.id = n.id
    where n.merchant_id = ${merchantId}::uuid
      and n.verdict <> 'valid' and n.verdict not in ('late', 'refused') and n.effect is null
      and (n.received_at, n.id) > (${begins.at.toISOString()}::timestamptz, ${begins.id}::uuid)
      and n.received_at <= ${until.toISOString()}::timestamptz
    order by n.received_at, n.id
    limit ${limit}::int`);
}

/** Chosen messages of these merchants, as far as they are still here as they came, oldest first. */
export async function readMessages(
  sql: Sql,
  { merchantIds, ids }: { merchantIds: readonly MerchantId[]; ids: readonly NotificationId[] },
): Promise<StoredMessage[]> {
  return stored(sql`
    select ${columns(sql)}
    from notifications n join notification_bodies b on b.merchant_id = n.merchant_id and b.id = n.id
    where n.merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[])
      and n.id = any(string_to_array(${ids.join(",")}, ',')::uuid[]) and n.verdict <> 'refused'
    order by n.received_at, n.id`);
}

/** Messages about a refund that wait for the answer to our own question. */
export async function readHeldMessages(
  sql: Sql,
  { merchantId, refundId }: { merchantId: MerchantId; refundId: RefundId },
): Promise<StoredMessage[]> {
  return stored(sql`
    select ${columns(sql)}
    from notifications n
    join refunds r on r.merchant_id = n.merchant_id and r.mch_refund_no = n.order_no
    join notification_bodies b on b.merchant_id = n.merchant_id and b.id = n.id
    where n.merchant_id = ${merchantId}::uuid and r.id = ${refundId}::uuid and n.kind = 'refund'
      and n.is_held and n.effect is null
    order by n.received_at, n.id limit 10`);
}

/** How many such messages there are, counted no further than `most`. */
export async function countUnsettledMessages(
  sql: Sql,
  { merchantIds, since, most }: { merchantIds: readonly MerchantId[]; since: Date; most: number },
): Promise<number> {
  const rows = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from notifications
      where merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[])
        and verdict <> 'valid' and verdict not in ('late', 'refused') and effect is null
        and received_at >= ${since.toISOString()}::timestamptz
      limit ${most}::int
    ) as found`;
  return rows[0]?.count ?? 0;
}

function columns(sql: Sql) {
  return sql`
    n.merchant_id as "merchantId", n.id, n.credential_id as "credentialId", n.kind, b.content_type as "contentType",
    b.query, b.body, b.headers, n.source_address as "sourceAddress", n.verdict, n.received_at as "receivedAt"`;
}

/** The driver gives times as text and the shape of a row is that of `columns`. */
async function stored(rows: PendingQuery<Row[]>): Promise<StoredMessage[]> {
  return (await rows).map((row) => ({ ...(row as StoredMessage), receivedAt: new Date(row["receivedAt"]) }));
}
