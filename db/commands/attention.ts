import type { Sql } from "postgres";
import { type MerchantId, newId, type PaymentId, type RefundId, TimelineEntryId } from "@/lib/domain/ids";

export type LookedAt = {
  merchantId: MerchantId;
  paymentId: PaymentId;
  /** Null when the payment itself is loud. */
  refundId: RefundId | null;
  /** A person's id. */
  actor: string;
  /** What that person saw. */
  attention: string;
  /** What they found. */
  note: string;
};

/**
 * Takes away what asks for a person's look at a payment or a refund, if it still is what that person saw, and keeps in
 * the timeline who looked and what they found.
 *
 * @returns whether it was
 */
export async function settleAttention(
  sql: Sql,
  { merchantId, paymentId, refundId, actor, attention, note }: LookedAt,
): Promise<boolean> {
  const settled =
    refundId === null
      ? sql`
        update payments set attention = null
        where merchant_id = ${merchantId}::uuid and id = ${paymentId}::uuid and attention = ${attention}
        returning id as payment_id, null::uuid as refund_id`
      : sql`
        update refunds set attention = null
        where merchant_id = ${merchantId}::uuid and id = ${refundId}::uuid and payment_id = ${paymentId}::uuid
          and attention = ${attention}
        returning payment_id, id as refund_id`;
  const rows = await sql`
    with settled as (${settled})
    insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, refund_id, 'act', ${actor}::text,
      ${JSON.stringify({ act: "settle", attention, note })}::jsonb
    from settled
    returning id`;
  return rows.length === 1;
}
