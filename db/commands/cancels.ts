import type { Sql } from "postgres";
import type { CancelId, MerchantId, PaymentId } from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import { answerIsDueAfterMs, personOf } from "./payments";

/**
 * Starts the cancel of a whole payment. It reserves the full amount, so that no refund can start beside it: of two
 * people at once one gets through. Should the answer never come, the worker asks.
 *
 * @returns whether this call started it
 */
export async function insertCancel(
  sql: Sql,
  { merchantId, paymentId, id, actor }: { merchantId: MerchantId; paymentId: PaymentId; id: CancelId; actor: string },
): Promise<boolean> {
  const rows = await sql`
    with reserved as (
      update payments set reserved_amount = amount, changed_at = now(),
        next_ask_at = now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int)
      where merchant_id = ${merchantId}::uuid and id = ${paymentId}::uuid and state = 'paid' and reserved_amount = 0
      returning id
    ),
    stored as (
      insert into cancels (merchant_id, id, payment_id, state, created_by)
      select ${merchantId}::uuid, ${id}::uuid, id, 'sent', ${personOf(actor)}::uuid from reserved
      returning payment_id
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, 'act', ${actor}::text, '{"act": "cancel"}'::jsonb
    from stored
    returning id`;
  return rows.length === 1;
}

/**
 * Ends a cancel that the gateway refused or never carried out, and gives the money free for refunds again. Only this one:
 * whoever heard of it may have asked before the present cancel began.
 */
export async function failCancel(
  sql: Sql,
  { merchantId, id, errCode, errMsg }: { merchantId: MerchantId; id: CancelId; errCode: string | null; errMsg: string },
): Promise<boolean> {
  const rows = await sql`
    with failed as (
      update cancels set state = 'failed', err_code = ${errCode}::text, err_msg = ${errMsg}::text, changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and state = 'sent'
      returning payment_id
    ),
    freed as (
      update payments set reserved_amount = refunded_amount
      from failed
      where payments.merchant_id = ${merchantId}::uuid and payments.id = failed.payment_id and payments.state = 'paid'
      returning payments.id
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, from_state, to_state, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, id, 'change', 'sent', 'failed', 'gateway',
      ${JSON.stringify({ subject: "cancel", by: "us", errCode, errMsg })}::jsonb
    from freed
    returning id`;
  return rows.length === 1;
}
