import type { Sql } from "postgres";
import {
  type CredentialId,
  type MerchantId,
  type NotificationId,
  newId,
  type PaymentId,
  type RefundId,
  TimelineEntryId,
} from "@/lib/domain/ids";
import type { RefundNews } from "./apply-refund-news";
import { insertRefundEvents } from "./event-news";
import { type CallRow, insertCall } from "./evidence";
import { part, run } from "./part";

/** How we heard of it: a message to a credential, or the answer to a question that a person had us ask about its payment. */
export type ElsewhereEvidence =
  | { notificationId: NotificationId; credentialId: CredentialId }
  | { call: CallRow; actor: string; paymentId: PaymentId };

/**
 * Takes in a refund that somebody made at the gateway's own side, or an older script of the merchant: it is money of
 * one of our payments all the same. Its sum counts as far as the payment goes; what exceeds it is a contradiction that
 * a person must see. Of money that is only held nothing can have gone back: nothing is counted, somebody looks, and the
 * gateway is asked.
 *
 * @param news  names the refund and, by the gateway's number, its payment; its state is the gateway's signed word
 * @returns the payment and the refund, or null when we do not know the payment or already know the refund
 */
export async function insertRefundElsewhere(
  sql: Sql,
  {
    merchantId,
    refundId,
    news,
    ...evidence
  }: { merchantId: MerchantId; refundId: RefundId; news: RefundNews } & ElsewhereEvidence,
): Promise<{ paymentId: PaymentId } | null> {
  if (news.to === null || news.mchRefundNo === null || news.payOrderId === null || news.amount === null) return null;
  const takes = news.to === "failed" ? 0 : 1;
  const notificationId = "notificationId" in evidence ? evidence.notificationId : null;
  const asked = "call" in evidence ? evidence : null;
  const by = asked ? "query" : "notification";
  // A message of another application proves nothing about this payment, and follows the rule of that application.
  const credentialId = "credentialId" in evidence ? evidence.credentialId : null;
  const rows = await run<{ paymentId: string }[]>(
    sql,
    part`
    with target as (
      select id, credential_id, mch_order_no, pay_order_id, currency, amount, reserved_amount, refunded_amount, attention
      from payments
      where merchant_id = ${merchantId}::uuid and pay_order_id = ${news.payOrderId}
        and (${credentialId}::uuid is null or credential_id = ${credentialId}::uuid)
        and (held_amount is null or paid_at is not null)
      for update
    ),
    puzzling as (
      update payments set attention = 'contradiction', changed_at = now(),
        next_ask_at = least(coalesce(next_ask_at, now()), now())
      where merchant_id = ${merchantId}::uuid and pay_order_id = ${news.payOrderId}
        and (${credentialId}::uuid is null or credential_id = ${credentialId}::uuid)
        and held_amount is not null and paid_at is null and attention is null
      returning id
    ),
    stored as (
      insert into refunds (
        merchant_id, id, payment_id, credential_id, mch_refund_no, refund_order_id, channel_order_no, amount, currency,
        reason, state, gateway_state, attention, proven_by, err_code, err_msg, succeeded_at, next_ask_at, origin
      )
      select ${merchantId}::uuid, ${refundId}::uuid, id, credential_id, ${news.mchRefundNo}, ${news.refundOrderId}::text,
        ${news.channelOrderNo}::text, ${news.amount}::bigint, currency, '', ${news.to}, ${news.gatewayState}::int,
        case when ${takes}::int * ${news.amount}::bigint > amount - reserved_amount then 'contradiction' end,
        ${by}, ${news.errCode}::text, ${news.errMsg}::text,
        case when ${news.to === "succeeded"}::boolean
          then coalesce(${news.succeededAt?.toISOString() ?? null}::timestamptz, now()) end,
        case when ${news.to === "pending"}::boolean then now() + interval '2 seconds' end,
        'elsewhere'
      from target
      where upper(currency) = upper(coalesce(${news.currency}::text, currency))
      on conflict do nothing
      returning refunds.*
    ),
    counted as (
      update payments set
        reserved_amount = least(payments.amount, payments.reserved_amount + ${takes}::int * ${news.amount}::bigint),
        refunded_amount = least(payments.amount, payments.refunded_amount
          + case when ${news.to === "succeeded"}::boolean then ${news.amount}::bigint else 0 end),
        attention = coalesce(payments.attention, 'refunded-elsewhere'),
        changed_at = now()
      from stored
      where payments.merchant_id = ${merchantId}::uuid and payments.id = stored.payment_id
      returning payments.id, payments.refunded_amount, payments.attention
    ),
    -- What the events of a move read, for a refund that was not known before.
    judged as (
      select stored.id, stored.payment_id, null::text as state, null::text as attention, true as fits, true as moves,
        target.mch_order_no, target.pay_order_id, target.amount as payment_amount, target.currency,
        target.refunded_amount, target.attention as payment_attention
      from stored
      join target on target.id = stored.payment_id
    ),
    moved as (select * from stored),
    sums as (select * from counted),
    announced as (${insertRefundEvents(merchantId, news)}),
    ${asked ? part`heard as (${insertCall(merchantId, asked.call, { paymentId: asked.paymentId, refundId: null })}),` : part``}
    linked as (
      update notifications set payment_id = stored.payment_id, refund_id = ${refundId}::uuid, verdict = 'valid',
        effect = 'unknown>' || ${news.to}::text
      from stored
      where notifications.merchant_id = ${merchantId}::uuid and notifications.id = ${notificationId}::uuid
      returning notifications.id
    )
    insert into timeline_entries (
      merchant_id, id, payment_id, refund_id, kind, to_state, actor, call_id, notification_id, details
    )
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, ${refundId}::uuid, 'change', ${news.to},
      ${asked?.actor ?? "gateway"}::text, ${asked?.call.id ?? null}::uuid, ${notificationId}::uuid,
      jsonb_build_object('subject', 'refund', 'by', ${by}::text, 'amount', ${news.amount}::bigint,
        'currency', ${news.currency}::text, 'errCode', ${news.errCode}::text, 'errMsg', ${news.errMsg}::text)
    from stored
    returning payment_id as "paymentId"`,
  );
  return rows[0] ? { paymentId: rows[0].paymentId as PaymentId } : null;
}
