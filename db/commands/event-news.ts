import { EventType } from "@/lib/domain/events";
import { EventId, type MerchantId, newId } from "@/lib/domain/ids";
import type { PaymentState } from "@/lib/domain/payment-state";
import type { RefundState } from "@/lib/domain/refund-state";
import { type Part, part } from "./part";

/**
 * The part of the statement that moves a payment which keeps the events of that move, when an endpoint in use wants
 * them. It reads `judged` (what was, with `fits` and `moves`) and `moved` (what is).
 */
export function insertPaymentEvents(
  merchantId: MerchantId,
  { to, provenBy }: { to: PaymentState | null; provenBy: string | null },
): Part {
  return part`
    insert into events (merchant_id, id, type, payment_id, payload)
    select ${merchantId}::uuid, candidate.id, candidate.type, moved.id, jsonb_build_object(
      ${merchantFacts(merchantId)},
      'payment', jsonb_build_object(
        'id', moved.id, 'mchOrderNo', moved.mch_order_no, 'payOrderId', moved.pay_order_id,
        'channelOrderNo', moved.channel_order_no, 'wayCode', moved.way_code, 'amount', moved.amount,
        'currency', moved.currency, 'refundedAmount', moved.refunded_amount, 'state', moved.state,
        'attention', moved.attention, 'errCode', moved.err_code, 'errMsg', moved.err_msg, 'paidAt', moved.paid_at),
      'previousState', judged.state, 'provenBy', ${provenBy}::text)
    from judged
    join moved on moved.id = judged.id
    cross join lateral (values
      (${newId(EventId)}::uuid, case when judged.held_amount is null then ${typeOf("payment", to)}::text
        when judged.said in ('held', 'paid', 'cancelled', 'refunded', 'declined', 'closed') then 'payment.' || judged.said
        end, 'move'),
      (${newId(EventId)}::uuid, 'payment.attention', 'attention')
    ) as candidate(id, type, because)
    where ${isWanted(merchantId)} and case candidate.because
      when 'move' then judged.fits and judged.moves
      else moved.attention is not null and moved.attention is distinct from judged.attention end
    returning id`;
}

/** The same for a refund. It also reads `sums`: the payment, where its sums moved too. */
export function insertRefundEvents(
  merchantId: MerchantId,
  { to, provenBy }: { to: RefundState | null; provenBy: string | null },
): Part {
  return part`
    insert into events (merchant_id, id, type, payment_id, refund_id, payload)
    select ${merchantId}::uuid, candidate.id, candidate.type, judged.payment_id, moved.id, jsonb_build_object(
      ${merchantFacts(merchantId)},
      'refund', jsonb_build_object(
        'id', moved.id, 'mchRefundNo', moved.mch_refund_no, 'refundOrderId', moved.refund_order_id,
        'channelOrderNo', moved.channel_order_no, 'amount', moved.amount, 'currency', moved.currency,
        'reason', moved.reason, 'state', moved.state, 'attention', moved.attention, 'errCode', moved.err_code,
        'errMsg', moved.err_msg, 'succeededAt', moved.succeeded_at),
      'payment', jsonb_build_object(
        'id', judged.payment_id, 'mchOrderNo', judged.mch_order_no, 'payOrderId', judged.pay_order_id,
        'amount', judged.payment_amount, 'currency', judged.currency,
        'refundedAmount', coalesce(sums.refunded_amount, judged.refunded_amount),
        'attention', coalesce(sums.attention, judged.payment_attention)),
      'previousState', judged.state, 'provenBy', ${provenBy}::text)
    from judged
    join moved on moved.id = judged.id
    left join sums on sums.id = judged.payment_id
    cross join (values
      (${newId(EventId)}::uuid, ${typeOf("refund", to)}::text, 'move'),
      (${newId(EventId)}::uuid, 'refund.attention', 'attention'),
      (${newId(EventId)}::uuid, 'payment.attention', 'attention of the payment')
    ) as candidate(id, type, because)
    where ${isWanted(merchantId)} and case candidate.because
      when 'move' then judged.fits and judged.moves
      when 'attention' then moved.attention is not null and moved.attention is distinct from judged.attention
      else sums.attention is not null and sums.attention is distinct from judged.payment_attention end
    returning id`;
}

/** Null for the states nobody can subscribe to. */
function typeOf(subject: "payment" | "refund", to: string | null): EventType | null {
  const read = EventType.safeParse(`${subject}.${to}`);
  return read.success ? read.data : null;
}

/** Where no endpoint in use asks for it, nothing is written. */
function isWanted(merchantId: MerchantId): Part {
  return part`candidate.type is not null and exists (
    select 1 from event_endpoints
    where event_endpoints.merchant_id = ${merchantId}::uuid and event_endpoints.is_active
      and (event_endpoints.event_types = '{}' or candidate.type = any(event_endpoints.event_types)))`;
}

function merchantFacts(merchantId: MerchantId): Part {
  return part`
      'environment', (select environment from merchants where merchant_id = ${merchantId}::uuid),
      'mchNo', (select mch_no from merchants where merchant_id = ${merchantId}::uuid)`;
}
