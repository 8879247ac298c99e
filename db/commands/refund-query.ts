import type { Sql } from "postgres";
import type { CredentialId, MerchantId } from "@/lib/domain/ids";

/** Remembers whether the gateway of a credential can be asked about refunds at all. */
export async function noteRefundQuery(
  sql: Sql,
  { merchantId, id }: { merchantId: MerchantId; id: CredentialId },
  finding: "available" | "missing",
): Promise<void> {
  await sql`
    update credentials set refund_query = ${finding}
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid`;
}
