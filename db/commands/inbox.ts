import type { MerchantId } from "@/lib/domain/ids";
import { type Authenticity, type Evidence, type InboxRow, type Refusal, unprovenPerHour } from "./evidence";
import { type Part, part, withoutNul } from "./part";

/** The relation `inbox` of a statement about a message: kept or counted, or judged again. Nothing for other evidence. */
export function inboxParts(merchantId: MerchantId, evidence: Evidence, toState: string | null | Part): Part {
  if (evidence.by !== "notification") return part``;
  const { inbox, isAgain } = evidence;
  return isAgain
    ? part`inbox as (${rejudgeInbox(merchantId, inbox, toState)}),`
    : part`inbox as (${insertInbox(merchantId, inbox, toState)}), kept as (${insertBody(merchantId, inbox)}),`;
}

/** Whether news about a row with this `amount` may move its state; whatever is not a message may. */
export function aloneAsFarAs(inbox: InboxRow | null): Part {
  if (inbox === null || inbox.aloneUpTo === null) return part`true`;
  return part`amount <= ${inbox.aloneUpTo}::bigint`;
}

/** The first time a message says so, or long enough since the last question: whoever repeats a message asks nothing. */
export const isNewsOrCalm = part`(
  exists (select 1 from inbox where inbox.is_news)
  or judged.last_asked_at is null or judged.last_asked_at < now() - interval '30 seconds'
)`;

/**
 * Keeps a message, or counts one more delivery of it. Reads the verdict from a relation `judged` of the same statement
 * (`payment_id`, `refund_id`, `fits`, `moves`, `holds`, `contradicts`, `is_late`, `state`), which has one row when we know the
 * order and none when we do not.
 *
 * A repeat keeps its first verdict, unless the first had no effect and this one has: the order may have become known
 * in between. Where the address alone spoke against the first, a repeat from another one is judged by itself.
 */
function insertInbox(merchantId: MerchantId, inbox: InboxRow, toState: string | null | Part): Part {
  return part`
    insert into notifications (
      merchant_id, id, credential_id, kind, source_address, dedup, authenticity, verdict, secret_version, order_no,
      gateway_state, payment_id, refund_id, effect, is_held, tries
    )
    select ${merchantId}::uuid, ${inbox.id}::uuid, ${inbox.credentialId}::uuid, ${inbox.kind},
      ${inbox.sourceAddress}::text, ${Buffer.from(inbox.dedup)}::bytea, ${inbox.authenticity},
      seen.verdict,
      ${inbox.secretVersion}::int, ${inbox.orderNo}::text, ${inbox.gatewayState}::int,
      seen.payment_id, seen.refund_id, seen.effect, seen.is_held,
      jsonb_build_array(jsonb_build_array(
        (extract(epoch from now()) * 1000)::bigint, ${inbox.sourceAddress}::text, seen.verdict,
        ${inbox.elapsedUs}::int + (extract(epoch from clock_timestamp() - statement_timestamp()) * 1000000)::int
      ))
    from (${seenAs(inbox, toState)}) as seen
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
          or notifications.verdict = 'source-refused'
        then excluded.verdict else notifications.verdict end,
      effect = coalesce(notifications.effect, excluded.effect),
      payment_id = coalesce(notifications.payment_id, excluded.payment_id),
      refund_id = coalesce(notifications.refund_id, excluded.refund_id),
      is_held = notifications.is_held or excluded.is_held,
      tries = case when jsonb_array_length(notifications.tries) < ${mostTries}::int
        then notifications.tries || excluded.tries else notifications.tries end
    returning id, deliveries, verdict, is_held, deliveries = 1 as is_news`;
}

/** How many deliveries of one message are kept with their time. The gateway makes six by itself. */
const mostTries = 24;

/** What a message is taken for, beside what it would do. One row, also for an order that nobody here knows. */
function seenAs(inbox: InboxRow, toState: string | null | Part): Part {
  return part`
    select judged.payment_id, judged.refund_id,
      case
        when ${inbox.authenticity} <> 'valid' then ${isRefusal(inbox.authenticity) ? "refused" : inbox.authenticity}
        ${inbox.isSourceRefused ? part`when true then 'source-refused'` : part``}
        when not ${inbox.isOwn}::boolean then 'wrong-content'
        when judged.payment_id is null then 'unknown-order'
        when not judged.fits then 'wrong-content'
        when judged.is_late then 'late'
        when judged.contradicts then 'contradiction'
        else 'valid'
      end as verdict,
      case when judged.fits and judged.moves then judged.state || '>' || ${toState}::text end as effect,
      coalesce(judged.fits and judged.holds, false) as is_held
    from (select 1) as one left join judged on true`;
}

function isRefusal(authenticity: Authenticity): authenticity is Refusal {
  return authenticity === "too-large" || authenticity === "too-slow" || authenticity === "interrupted";
}

/**
 * Judges a message that is here already once more, with today's keys and orders. What had an effect keeps its verdict:
 * doing this twice, or while the message comes again, changes nothing more. What was once proven by a key stays proven
 * when that key is no longer in use, and keeps its verdict too.
 */
function rejudgeInbox(merchantId: MerchantId, inbox: InboxRow, toState: string | null | Part): Part {
  return part`
    update notifications set
      authenticity = case when earlier.is_kept then notifications.authenticity else ${inbox.authenticity} end,
      verdict = case when earlier.is_kept then notifications.verdict else seen.verdict end,
      secret_version = case when earlier.is_kept then notifications.secret_version else ${inbox.secretVersion}::int end,
      order_no = case when earlier.is_kept then notifications.order_no else ${inbox.orderNo}::text end,
      gateway_state = case when earlier.is_kept then notifications.gateway_state else ${inbox.gatewayState}::int end,
      payment_id = coalesce(seen.payment_id, notifications.payment_id),
      refund_id = coalesce(seen.refund_id, notifications.refund_id),
      effect = seen.effect,
      is_held = case when earlier.is_kept then notifications.is_held else seen.is_held end,
      rejudged_at = now()
    from (${seenAs(inbox, toState)}) as seen, (
      select verdict, authenticity = 'valid' and ${inbox.authenticity} <> 'valid' as is_kept from notifications
      where merchant_id = ${merchantId}::uuid and id = ${inbox.id}::uuid
    ) as earlier
    where notifications.merchant_id = ${merchantId}::uuid and notifications.id = ${inbox.id}::uuid
      and notifications.effect is null
    returning notifications.id, notifications.deliveries, notifications.verdict, notifications.is_held,
      notifications.verdict is distinct from earlier.verdict as is_news`;
}

/** Keeps a message as it came over the wire, the first time it comes. Reads `inbox` of the same statement. */
function insertBody(merchantId: MerchantId, inbox: InboxRow): Part {
  const headers = inbox.headers.map(([name, value]) => [withoutNul(name), withoutNul(value)]);
  const ownNames = inbox.ownNames.length === 0 ? null : JSON.stringify(inbox.ownNames.map(withoutNul));
  return part`
    insert into notification_bodies (merchant_id, id, content_type, query, body, headers, own_names)
    select ${merchantId}::uuid, inbox.id, ${inbox.contentType}::text, ${inbox.query},
      ${Buffer.from(inbox.body)}::bytea, ${JSON.stringify(headers)}::jsonb, ${ownNames}::jsonb
    from inbox where inbox.deliveries = 1`;
}
