import type { Sql } from "postgres";
import type { Environment } from "@/lib/domain/environment";
import { type MerchantId, newId, type PersonId, ReprocessingId } from "@/lib/domain/ids";
import { leaseMs } from "./due";
import type { Place } from "./messages-again";

/**
 * Begins a run for each merchant. Messages that come later are judged as they come and are none of its business.
 *
 * @returns for how many it began: those that another run is open for are left out
 */
export async function insertReprocessing(
  sql: Sql,
  {
    id,
    merchantIds,
    since,
    startedBy,
  }: { id: ReprocessingId; merchantIds: readonly MerchantId[]; since: Date; startedBy: PersonId },
): Promise<number> {
  const rows = await sql`
    insert into reprocessings (merchant_id, id, since, until, started_by, next_run_at)
    select merchant_id::uuid, ${id}::uuid, ${since.toISOString()}::timestamptz, now(), ${startedBy}::uuid, now()
    from unnest(string_to_array(${merchantIds.join(",")}, ',')) as merchant_id
    order by merchant_id
    on conflict (merchant_id) where state = 'running' do nothing
    returning id`;
  return rows.length;
}

/** Stops what has not ended. Returns whether anything was stopped. */
export async function stopReprocessing(
  sql: Sql,
  { id, merchantIds, stoppedBy }: { id: ReprocessingId; merchantIds: readonly MerchantId[]; stoppedBy: PersonId },
): Promise<boolean> {
  const rows = await sql`
    update reprocessings set state = 'stopped', stopped_by = ${stoppedBy}::uuid, next_run_at = null, ended_at = now()
    where id = ${id}::uuid and merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[])
      and state = 'running'
    returning id`;
  return rows.length > 0;
}

/** A run that this worker has, for the length of a lease that every batch renews. */
export type ClaimedReprocessing = {
  merchantId: MerchantId;
  environment: Environment;
  id: ReprocessingId;
  since: Date;
  until: Date;
  seen: Place | null;
  claim: string;
};

type Seen = {
  merchantId: MerchantId;
  environment: Environment;
  id: ReprocessingId;
  since: string;
  until: string;
  seenAt: string | null;
  seenId: string | null;
  nextRunAt: string;
};

/** Claims up to `limit` runs whose time has come; of several workers one gets a run. */
export async function claimReprocessings(sql: Sql, limit: number): Promise<ClaimedReprocessing[]> {
  const due = await sql<Seen[]>`
    select reprocessings.merchant_id as "merchantId", environment, id, since, until, seen_at as "seenAt",
      seen_id as "seenId", next_run_at as "nextRunAt"
    from reprocessings join merchants on merchants.merchant_id = reprocessings.merchant_id
    where next_run_at <= now() order by next_run_at limit ${limit}::int`;
  const claimed: ClaimedReprocessing[] = [];
  for (const { nextRunAt, seenAt, seenId, since, until, ...run } of due) {
    const claim = newId(ReprocessingId);
    const rows = await sql`
      update reprocessings
      set next_run_at = now() + make_interval(secs => ${leaseMs / 1000}::int), claim = ${claim}::uuid
      where merchant_id = ${run.merchantId}::uuid and id = ${run.id}::uuid and state = 'running'
        and next_run_at = ${new Date(nextRunAt).toISOString()}::timestamptz
      returning id`;
    if (rows.length === 0) continue;
    const seen = seenAt !== null && seenId !== null ? ({ at: new Date(seenAt), id: seenId } as Place) : null;
    claimed.push({ ...run, since: new Date(since), until: new Date(until), seen, claim });
  }
  return claimed;
}

export type BatchCounts = { looked: number; changed: number; moved: number; failed: number };

/** Notes how far a run has come and lets any worker go on with it. Returns whether it still goes on. */
export async function noteBatch(
  sql: Sql,
  { merchantId, id, claim }: ClaimedReprocessing,
  { seen, looked, changed, moved, failed }: BatchCounts & { seen: Place },
): Promise<boolean> {
  const rows = await sql`
    update reprocessings set seen_at = ${seen.at.toISOString()}::timestamptz, seen_id = ${seen.id}::uuid,
      looked = looked + ${looked}::int, changed = changed + ${changed}::int, moved = moved + ${moved}::int,
      failed = failed + ${failed}::int, next_run_at = now() + make_interval(secs => ${leaseMs / 1000}::int)
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and claim = ${claim}::uuid and state = 'running'
    returning id`;
  return rows.length > 0;
}

/** Lets any worker take the run at once. */
export async function releaseReprocessing(sql: Sql, { merchantId, id, claim }: ClaimedReprocessing): Promise<void> {
  await sql`
    update reprocessings set next_run_at = now(), claim = null
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and claim = ${claim}::uuid and state = 'running'`;
}

/** How many are asked about by one sweep at most, and how far apart, so that other questions come through between. */
const mostAsked = 20_000;
const apartMs = 20;
// A payment may be paid until it expires, two hours after it was made as a rule.
const madeBefore = "2 hours";

/**
 * Ends a run: payments and refunds of that time which no authentic message ever spoke of are asked about now, closed
 * ones too, because a success after the end is told once or never.
 */
export async function finishReprocessing(
  sql: Sql,
  { merchantId, id, claim, since, until }: ClaimedReprocessing,
): Promise<void> {
  const [from, to] = [since.toISOString(), until.toISOString()];
  await sql`
    with mine as (
      select id from reprocessings
      where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and claim = ${claim}::uuid and state = 'running'
      for update
    ),
    silent as (
      select p.id, row_number() over (order by p.created_at desc) as place
      from payments p, mine
      where p.merchant_id = ${merchantId}::uuid and p.state in ('unclear', 'created', 'waiting', 'closed', 'declined')
        and p.created_at between ${from}::timestamptz - ${madeBefore}::interval and ${to}::timestamptz
        and not exists (
          select 1 from notifications n
          where n.merchant_id = p.merchant_id and n.payment_id = p.id and n.authenticity = 'valid' and n.effect is not null
        )
      order by p.created_at desc limit ${mostAsked}::int
    ),
    asked as (
      update payments set next_ask_at = least(
        coalesce(payments.next_ask_at, 'infinity'), now() + make_interval(secs => silent.place * ${apartMs / 1000}::float8)
      )
      from silent where payments.merchant_id = ${merchantId}::uuid and payments.id = silent.id
      returning payments.id
    ),
    silent_refunds as (
      select r.id, row_number() over (order by r.created_at desc) as place
      from refunds r, mine
      where r.merchant_id = ${merchantId}::uuid and r.state in ('sent', 'unclear', 'pending')
        and r.created_at between ${from}::timestamptz - ${madeBefore}::interval and ${to}::timestamptz
      order by r.created_at desc limit ${mostAsked}::int
    ),
    asked_refunds as (
      update refunds set next_ask_at = least(
        coalesce(refunds.next_ask_at, 'infinity'),
        now() + make_interval(secs => silent_refunds.place * ${apartMs / 1000}::float8)
      )
      from silent_refunds where refunds.merchant_id = ${merchantId}::uuid and refunds.id = silent_refunds.id
      returning refunds.id
    )
    update reprocessings set state = 'finished', next_run_at = null, claim = null, ended_at = now(),
      asked = (select count(*) from asked) + (select count(*) from asked_refunds)
    from mine
    where reprocessings.merchant_id = ${merchantId}::uuid and reprocessings.id = mine.id`;
}
