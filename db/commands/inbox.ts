import type { MerchantId } from "@/lib/domain/ids";
import { type InboxRow, unprovenPerHour, withoutNul } from "./evidence";
import { type Part, part } from "./part";

/**
 * Keeps a message, or counts one more delivery of it. Reads the verdict from a relation `judged` of the same statement
 * (`payment_id`, `refund_id`, `fits`, `moves`, `contradicts`, `is_late`, `state`), which has one row when we know the
 * order and none when we do not.
 *
 * A repeat keeps its first verdict, unless the first had no effect and this one has: the order may have become known
 * in between.
 */
export function insertInbox(merchantId: MerchantId, inbox: InboxRow, toState: string | null): Part {
  const fields = inbox.fields?.map(([name, value]) => [withoutNul(name), withoutNul(value)]) ?? null;
  const headers = inbox.headers.map(([name, value]) => [withoutNul(name), withoutNul(value)]);
  return part`
    insert into notifications (
      merchant_id, id, credential_id, kind, content_type, query, body, headers, source_address, dedup, authenticity,
      verdict, fields, signed_text, secret_version, order_no, gateway_state, payment_id, refund_id, effect
    )
    select ${merchantId}::uuid, ${inbox.id}::uuid, ${inbox.credentialId}::uuid, ${inbox.kind},
      ${withoutNul(inbox.contentType)}::text, ${withoutNul(inbox.query)}, ${Buffer.from(inbox.body)}::bytea,
      ${JSON.stringify(headers)}::jsonb, ${inbox.sourceAddress}::text, ${Buffer.from(inbox.dedup)}::bytea,
      ${inbox.authenticity},
      case
        when ${inbox.authenticity} <> 'valid' then ${inbox.authenticity}
        when not ${inbox.isOwn}::boolean then 'wrong-content'
        when judged.payment_id is null then 'unknown-order'
        when not judged.fits then 'wrong-content'
        when judged.is_late then 'late'
        when judged.contradicts then 'contradiction'
        else 'valid'
      end,
      ${fields === null ? null : JSON.stringify(fields)}::jsonb, ${withoutNul(inbox.signedText)}::text,
      ${inbox.secretVersion}::int, ${withoutNul(inbox.orderNo)}::text, ${inbox.gatewayState}::int,
      judged.payment_id, judged.refund_id,
      case when judged.fits and judged.moves then judged.state || '>' || ${toState}::text end
    from (select 1) as one left join judged on true
    where ${inbox.authenticity} = 'valid' or (
      select count(*) from (
        select 1 from notifications
        where merchant_id = ${merchantId}::uuid and credential_id = ${inbox.credentialId}::uuid
          and authenticity <> 'valid' and received_at > now() - interval '1 hour'
        limit ${unprovenPerHour}::int
      ) as recent
    ) < ${unprovenPerHour}::int
    on conflict (merchant_id, credential_id, dedup) do update set
      deliveries = notifications.deliveries + 1,
      last_received_at = now(),
      verdict = case when notifications.effect is null and excluded.effect is not null
        then excluded.verdict else notifications.verdict end,
      effect = coalesce(notifications.effect, excluded.effect),
      payment_id = coalesce(notifications.payment_id, excluded.payment_id),
      refund_id = coalesce(notifications.refund_id, excluded.refund_id)
    returning id, deliveries, verdict`;
}
