import type { Sql } from "postgres";
import { EventType } from "@/lib/domain/events";
import { EventId, type MerchantId, newId } from "@/lib/domain/ids";
import type { PaymentState } from "@/lib/domain/payment-state";
import type { RefundState } from "@/lib/domain/refund-state";
import type { Fragment } from "./evidence";

/**
 * The part of the statement that moves a payment which keeps the events of that move, when an endpoint in use wants
 * them. It reads `judged` (what was, with `fits` and `moves`) and `moved` (what is).
 */
export function insertPaymentEvents(
  sql: Sql,
  merchantId: MerchantId,
  { to, provenBy }: { to: PaymentState | null; provenBy: string | null },
): Fragment {
  return sql`
    insert into events (merchant_id, id, type, payment_id, payload)
    select ${merchantId}::uuid, wanted.id, wanted.type, moved.id, ${merchantFacts(sql)} || jsonb_build_object(
      'payment', ${paymentFacts(sql)}, 'previousState', judged.state, 'provenBy', ${provenBy}::text)
    from judged
    join moved on moved.id = judged.id
    join merchants on merchants.merchant_id = ${merchantId}::uuid
    join lateral (${wantedEvents(sql, merchantId, [
      { type: typeOf("payment", to), when: sql`judged.fits and judged.moves` },
      { type: "payment.attention", when: hasNewAttention(sql) },
    ])}) as wanted on true
    returning id`;
}

/** The same for a refund. It also reads `sums`: the payment, where its sums moved too. */
export function insertRefundEvents(
  sql: Sql,
  merchantId: MerchantId,
  { to, provenBy }: { to: RefundState | null; provenBy: string | null },
): Fragment {
  return sql`
    insert into events (merchant_id, id, type, payment_id, refund_id, payload)
    select ${merchantId}::uuid, wanted.id, wanted.type, judged.payment_id, moved.id,
      ${merchantFacts(sql)} || jsonb_build_object(
        'refund', ${refundFacts(sql)},
        'payment', jsonb_build_object(
          'id', judged.payment_id, 'mchOrderNo', judged.mch_order_no, 'payOrderId', judged.pay_order_id,
          'amount', judged.payment_amount, 'currency', judged.currency,
          'refundedAmount', coalesce(sums.refunded_amount, judged.refunded_amount),
          'attention', coalesce(sums.attention, judged.payment_attention)),
        'previousState', judged.state, 'provenBy', ${provenBy}::text)
    from judged
    join moved on moved.id = judged.id
    left join sums on sums.id = judged.payment_id
    join merchants on merchants.merchant_id = ${merchantId}::uuid
    join lateral (${wantedEvents(sql, merchantId, [
      { type: typeOf("refund", to), when: sql`judged.fits and judged.moves` },
      { type: "refund.attention", when: hasNewAttention(sql) },
      {
        type: "payment.attention",
        when: sql`sums.attention is not null and sums.attention is distinct from judged.payment_attention`,
      },
    ])}) as wanted on true
    returning id`;
}

/** Null for the states nobody can subscribe to. */
function typeOf(subject: "payment" | "refund", to: string | null): EventType | null {
  const read = EventType.safeParse(`${subject}.${to}`);
  return read.success ? read.data : null;
}

function hasNewAttention(sql: Sql): Fragment {
  return sql`moved.attention is not null and moved.attention is distinct from judged.attention`;
}

/** Those that happened and that an endpoint in use asks for: without one, nothing is written. */
function wantedEvents(
  sql: Sql,
  merchantId: MerchantId,
  candidates: readonly { type: EventType | null; when: Fragment }[],
): Fragment {
  const rows = candidates.map(
    ({ type, when }) => sql`select ${newId(EventId)}::uuid as id, ${type}::text as type, ${when} as happened`,
  );
  return sql`
    select candidate.id, candidate.type
    from (${rows.slice(1).reduce((all, row) => sql`${all} union all ${row}`, rows[0] ?? sql``)}) as candidate
    where candidate.happened and candidate.type is not null and exists (
      select 1 from event_endpoints
      where event_endpoints.merchant_id = ${merchantId}::uuid and event_endpoints.is_active
        and (event_endpoints.event_types = '{}' or candidate.type = any(event_endpoints.event_types)))`;
}

function merchantFacts(sql: Sql): Fragment {
  return sql`jsonb_build_object('environment', merchants.environment, 'mchNo', merchants.mch_no)`;
}

function paymentFacts(sql: Sql): Fragment {
  return sql`jsonb_build_object(
    'id', moved.id, 'mchOrderNo', moved.mch_order_no, 'payOrderId', moved.pay_order_id,
    'channelOrderNo', moved.channel_order_no, 'wayCode', moved.way_code, 'amount', moved.amount,
    'currency', moved.currency, 'refundedAmount', moved.refunded_amount, 'state', moved.state,
    'attention', moved.attention, 'errCode', moved.err_code, 'errMsg', moved.err_msg, 'paidAt', moved.paid_at)`;
}

function refundFacts(sql: Sql): Fragment {
  return sql`jsonb_build_object(
    'id', moved.id, 'mchRefundNo', moved.mch_refund_no, 'refundOrderId', moved.refund_order_id,
    'channelOrderNo', moved.channel_order_no, 'amount', moved.amount, 'currency', moved.currency,
    'reason', moved.reason, 'state', moved.state, 'attention', moved.attention, 'errCode', moved.err_code,
    'errMsg', moved.err_msg, 'succeededAt', moved.succeeded_at)`;
}
