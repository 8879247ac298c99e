import { sqlClient } from "@/db/client";
import type { CredentialId, MerchantId } from "@/lib/domain/ids";

/** An address that messages to a credential came from. */
export type SourceSeen = {
  /** Null where nobody trustworthy said it. */
  address: string | null;
  messages: number;
  /** How many of them carried a signature that proves the gateway. */
  proven: number;
  first: Date;
  last: Date;
};

/** Of so many newest messages of the merchant the addresses are told. */
export const mostMessagesLooked = 5_000;

/** Where messages to a credential came from lately, those with proven ones first. */
export async function readSourcesSeen({
  merchantId,
  id,
}: {
  merchantId: MerchantId;
  id: CredentialId;
}): Promise<SourceSeen[]> {
  const rows = await sqlClient()<(Omit<SourceSeen, "first" | "last"> & { first: string; last: string })[]>`
    select source_address as address, count(*)::int as messages,
      (count(*) filter (where authenticity = 'valid'))::int as proven,
      min(received_at) as first, max(last_received_at) as last
    from (
      select credential_id, source_address, authenticity, received_at, last_received_at from notifications
      where merchant_id = ${merchantId}::uuid
      order by received_at desc limit ${mostMessagesLooked}::int
    ) as newest
    where credential_id = ${id}::uuid
    group by source_address
    order by proven desc, messages desc, address
    limit 20`;
  return rows.map((row) => ({ ...row, first: new Date(row.first), last: new Date(row.last) }));
}
