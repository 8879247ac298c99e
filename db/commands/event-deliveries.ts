import type { Sql } from "postgres";
import type { AttemptOutcome } from "@/lib/domain/events";
import {
  type EventAttemptId,
  EventDeliveryId,
  type EventEndpointId,
  EventId,
  type MerchantId,
  newId,
} from "@/lib/domain/ids";
import { withoutNul } from "./part";

/** A delivery that its holder alone may send now, until the lease ends. */
export type ClaimedDelivery = { merchantId: MerchantId; deliveryId: EventDeliveryId; claim: string };

/** How long a claim lasts: longer than any attempt takes. A worker that died is made up for after it. */
const leaseSeconds = 60;

/** Of one endpoint at once, so that a slow receiver does not keep the others waiting. */
const perEndpoint = 5;

/**
 * Plans the deliveries of up to `limit` new events: one for each endpoint in use that asks for the type.
 *
 * @returns how many events were taken. Of several workers one gets each.
 */
export async function planDeliveries(sql: Sql, limit: number): Promise<number> {
  const seen = await sql<{ merchantId: string; ids: string[] }[]>`
    select merchant_id as "merchantId", array_agg(id) as ids
    from (select merchant_id, id from events where is_new order by created_at limit ${limit}::int) as oldest
    group by merchant_id`;
  let taken = 0;
  for (const { merchantId, ids } of seen) taken += await planOfMerchant(sql, merchantId as MerchantId, ids);
  return taken;
}

async function planOfMerchant(sql: Sql, merchantId: MerchantId, ids: readonly string[]): Promise<number> {
  const endpoints = await sql<{ id: string }[]>`select id from event_endpoints where merchant_id = ${merchantId}::uuid`;
  // An id of our own making for each pair that may come out; those of pairs that do not are lost, which costs nothing.
  const pairs = ids.flatMap((event) =>
    endpoints.map(({ id }) => ({ event, endpoint: id, id: newId(EventDeliveryId) })),
  );
  const rows = await sql<{ taken: number }[]>`
    with taken as (
      update events set is_new = false
      where merchant_id = ${merchantId}::uuid and id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)
        and is_new
      returning id, type
    ),
    pairs as (
      select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair(id uuid, event uuid, endpoint uuid)
    ),
    wanted as (
      -- Locked, so that an endpoint which is just taken out of use either is seen so here or finds these rows.
      select id, event_types from event_endpoints
      where merchant_id = ${merchantId}::uuid and is_active
      for share
    ),
    planned as (
      insert into event_deliveries (merchant_id, id, event_id, endpoint_id, next_attempt_at)
      select ${merchantId}::uuid, pairs.id, taken.id, wanted.id, now()
      from taken
      join pairs on pairs.event = taken.id
      join wanted on wanted.id = pairs.endpoint
      where wanted.event_types = '{}' or taken.type = any(wanted.event_types)
      on conflict (merchant_id, event_id, endpoint_id) do nothing
      returning id
    )
    select count(*)::int as taken from taken`;
  return rows[0]?.taken ?? 0;
}

/** Claims up to `limit` deliveries that are due, the oldest of each endpoint first. */
export async function claimDeliveries(sql: Sql, limit: number): Promise<ClaimedDelivery[]> {
  const seen = await sql<{ merchantId: string; id: string; nextAttemptAt: string | Date }[]>`
    select endpoint.merchant_id as "merchantId", due.id, due.next_attempt_at as "nextAttemptAt"
    from event_endpoints as endpoint
    cross join lateral (
      select id, next_attempt_at from event_deliveries
      where merchant_id = endpoint.merchant_id and endpoint_id = endpoint.id and next_attempt_at <= now()
      order by next_attempt_at limit ${perEndpoint}::int
    ) as due
    where endpoint.is_active
    order by due.next_attempt_at limit ${limit}::int`;
  const claimed: ClaimedDelivery[] = [];
  for (const row of seen) {
    const claim = crypto.randomUUID();
    const won = await sql`
      update event_deliveries set claim = ${claim}::uuid, next_attempt_at = ${lease(sql)}
      where merchant_id = ${row.merchantId}::uuid and id = ${row.id}::uuid
        and next_attempt_at = ${new Date(row.nextAttemptAt).toISOString()}::timestamptz
      returning id`;
    if (won.length === 0) continue;
    claimed.push({ merchantId: row.merchantId as MerchantId, deliveryId: EventDeliveryId.parse(row.id), claim });
  }
  return claimed;
}

/**
 * Begins another round of attempts and claims its first one, for a person who has it sent again.
 *
 * @returns null when none of these merchants has it, or its endpoint is out of use
 */
export async function claimAgain(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  deliveryId: EventDeliveryId,
): Promise<ClaimedDelivery | null> {
  const claim = crypto.randomUUID();
  const [row] = await sql<{ merchantId: string }[]>`
    update event_deliveries set state = 'due', attempts = 0, claim = ${claim}::uuid, next_attempt_at = ${lease(sql)},
      changed_at = now()
    from event_endpoints
    where event_deliveries.merchant_id in ${sql(merchantIds)} and event_deliveries.id = ${deliveryId}::uuid
      and event_endpoints.merchant_id = event_deliveries.merchant_id
      and event_endpoints.id = event_deliveries.endpoint_id and event_endpoints.is_active
    returning event_deliveries.merchant_id as "merchantId"`;
  return row ? { merchantId: row.merchantId as MerchantId, deliveryId, claim } : null;
}

/** Writes an event for one endpoint alone, with its delivery, claimed. For tests of the connection by a person. */
export async function insertClaimedEvent(
  sql: Sql,
  { merchantId, endpointId }: { merchantId: MerchantId; endpointId: EventEndpointId },
  { type, payload }: { type: string; payload: Record<string, string> },
): Promise<ClaimedDelivery> {
  const deliveryId = newId(EventDeliveryId);
  const claim = crypto.randomUUID();
  await sql`
    with event as (
      insert into events (merchant_id, id, type, payload, is_new)
      values (${merchantId}::uuid, ${newId(EventId)}::uuid, ${type}, ${JSON.stringify(payload)}::jsonb, false)
      returning id
    )
    insert into event_deliveries (merchant_id, id, event_id, endpoint_id, claim, next_attempt_at)
    select ${merchantId}::uuid, ${deliveryId}::uuid, event.id, ${endpointId}::uuid, ${claim}::uuid, ${lease(sql)}
    from event`;
  return { merchantId, deliveryId, claim };
}

export type AttemptRow = {
  id: EventAttemptId;
  actor: string;
  url: string;
  host: string | null;
  timestamp: number;
  signature: string;
  outcome: AttemptOutcome;
  httpStatus: number | null;
  answerText: string | null;
  reason: string | null;
  durationMs: number;
  startedAt: Date;
};

/**
 * Keeps an attempt and what follows from it, in one statement. A delivery is believed whoever made it; a failure plans
 * the next attempt only for the holder of the claim.
 *
 * @param pauseMs  until the next attempt; null when this was the last one
 */
export async function recordAttempt(
  sql: Sql,
  { merchantId, deliveryId, claim }: ClaimedDelivery,
  attempt: AttemptRow,
  pauseMs: number | null,
): Promise<void> {
  const isDelivered = attempt.outcome === "delivered";
  await sql`
    with kept as (
      insert into event_attempts (
        merchant_id, id, delivery_id, actor, url, host, timestamp, signature, outcome, http_status, answer_text, reason,
        duration_ms, started_at
      ) values (
        ${merchantId}::uuid, ${attempt.id}::uuid, ${deliveryId}::uuid, ${attempt.actor}, ${attempt.url},
        ${attempt.host}::text, ${attempt.timestamp}::int, ${attempt.signature}, ${attempt.outcome},
        ${attempt.httpStatus}::int, ${withoutNul(attempt.answerText)}::text, ${attempt.reason}::text,
        ${Math.round(attempt.durationMs)}::int, ${attempt.startedAt.toISOString()}::timestamptz
      )
      returning id
    )
    update event_deliveries set
      state = case when ${isDelivered}::boolean then 'delivered' when ${pauseMs === null}::boolean then 'given-up'
        else 'due' end,
      attempts = attempts + 1,
      next_attempt_at = case when ${isDelivered || pauseMs === null}::boolean then null
        else now() + make_interval(secs => ${(pauseMs ?? 0) / 1000}::double precision) end,
      claim = null,
      last_outcome = ${attempt.outcome},
      last_status = ${attempt.httpStatus}::int,
      delivered_at = case when ${isDelivered}::boolean then now() else delivered_at end,
      changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${deliveryId}::uuid
      and (${isDelivered}::boolean or (claim = ${claim}::uuid and state = 'due'))`;
}

/** Takes an endpoint out of use because it said that it is gone, with everything that waited for it. */
export async function stopEndpoint(
  sql: Sql,
  { merchantId, endpointId }: { merchantId: MerchantId; endpointId: EventEndpointId },
): Promise<void> {
  await sql`
    update event_endpoints set is_active = false, stopped_because = 'gone', changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${endpointId}::uuid and is_active`;
  await sql`
    update event_deliveries set state = 'given-up', next_attempt_at = null, claim = null, changed_at = now()
    where merchant_id = ${merchantId}::uuid and endpoint_id = ${endpointId}::uuid and state = 'due'`;
}

/**
 * Deletes up to `limit` deliveries of a merchant that are older and not due any more, with their attempts, and then up
 * to `limit` events that nothing delivers. Few at a time, so that nobody waits for the locks.
 *
 * @returns how many rows of the two kinds went
 */
export async function forgetDeliveries(
  sql: Sql,
  merchantId: MerchantId,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const [deliveries] = await sql<{ gone: number }[]>`
    with old as (
      select id from event_deliveries
      where merchant_id = ${merchantId}::uuid and created_at < ${before.toISOString()}::timestamptz and state <> 'due'
      order by created_at, id limit ${limit}::int
      for update skip locked
    ),
    attempts as (
      delete from event_attempts using old
      where event_attempts.merchant_id = ${merchantId}::uuid and event_attempts.delivery_id = old.id
    ),
    gone as (
      delete from event_deliveries using old
      where event_deliveries.merchant_id = ${merchantId}::uuid and event_deliveries.id = old.id
      returning event_deliveries.id
    )
    select count(*)::int as gone from gone`;
  const [alone] = await sql<{ gone: number }[]>`
    with old as (
      select id from events
      where merchant_id = ${merchantId}::uuid and id < ${firstIdOf(before)}::uuid and not is_new
        and created_at < ${before.toISOString()}::timestamptz
        and not exists (
          select 1 from event_deliveries
          where event_deliveries.merchant_id = events.merchant_id and event_deliveries.event_id = events.id
        )
      order by id limit ${limit}::int
      for update skip locked
    ),
    gone as (
      delete from events using old
      where events.merchant_id = ${merchantId}::uuid and events.id = old.id
      returning events.id
    )
    select count(*)::int as gone from gone`;
  return (deliveries?.gone ?? 0) + (alone?.gone ?? 0);
}

/** The merchants whose systems have ever heard of events. */
export async function merchantsWithEndpoints(sql: Sql): Promise<MerchantId[]> {
  const rows = await sql<{ id: MerchantId }[]>`select distinct merchant_id as id from event_endpoints`;
  return rows.map(({ id }) => id);
}

/** Ids begin with their moment, so the index that every table has finds what is older. */
function firstIdOf(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

function lease(sql: Sql) {
  return sql`now() + make_interval(secs => ${leaseSeconds}::int)`;
}
