import postgres, { type Sql } from "postgres";
import type { Broken, Figures } from "../core/campaign";

/**
 * Writes down, inside the database, which worker claims which question and which worker answers it, by the database's
 * own clock: what is judged does not depend on how fast this machine is.
 *
 * A claim is a worker's change of a row's next question and of nothing else; whatever else changes that moves it, such as
 * news about the row, and ends the claim. An answer is a stored call about the row.
 * A worker is a connection whose application name says so.
 */
export async function keepLedger(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`
      create table sim.turns (
        no bigint generated always as identity primary key,
        id uuid not null,
        worker text not null,
        what text not null,
        at timestamptz not null,
        due timestamptz,
        until timestamptz
      );
      create index on sim.turns (id, no);
      create function sim.note_claim() returns trigger language plpgsql as $$
      declare
        worker text := current_setting('application_name');
        is_claim boolean := worker like 'worker-%' and to_jsonb(old) - 'next_ask_at' = to_jsonb(new) - 'next_ask_at';
      begin
        insert into sim.turns (id, worker, what, at, due, until)
        values (new.id, worker, case when is_claim then 'claim' else 'move' end, sim.now(), old.next_ask_at, new.next_ask_at);
        return null;
      end $$;
      create function sim.note_answer() returns trigger language plpgsql as $$ begin
        if current_setting('application_name') like 'worker-%' then
          insert into sim.turns (id, worker, what, at)
          values (coalesce(new.refund_id, new.payment_id), current_setting('application_name'), new.operation, sim.now());
        end if;
        return null;
      end $$;
      create trigger note_claim after update on payments for each row
        when (old.next_ask_at is distinct from new.next_ask_at) execute function sim.note_claim();
      create trigger note_claim after update on refunds for each row
        when (old.next_ask_at is distinct from new.next_ask_at) execute function sim.note_claim();
      create trigger note_answer after insert on gateway_calls for each row execute function sim.note_answer();`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export async function clearLedger(sql: Sql): Promise<void> {
  await sql`truncate sim.turns`;
}

/** The address of a database for a worker of this name. */
export function addressFor(databaseUrl: string, worker: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("application_name", worker);
  return url.href;
}

/** How many questions are due, and what each worker has claimed and not answered. */
export async function standing(sql: Sql): Promise<{ due: number; claims: Map<string, number> }> {
  const [row] = await sql<{ due: number }[]>`
    select ((select count(*) from payments where next_ask_at <= now())
      + (select count(*) from refunds where next_ask_at <= now()))::int as due`;
  const rows = await sql<{ worker: string; claims: number }[]>`
    select worker, count(*)::int as claims from (
      select distinct on (id, worker) worker, what from sim.turns where what <> 'move' order by id, worker, no desc
    ) as latest where what = 'claim' group by worker`;
  return { due: row?.due ?? 0, claims: new Map(rows.map(({ worker, claims }) => [worker, claims])) };
}

/** Two workers with one question at a time, and questions asked by somebody who had not claimed them. */
export async function brokenTurns(sql: Sql): Promise<Broken[]> {
  const overlaps = await sql`
    select id, worker, at, before_worker as "while", before_until as until from (
      select *, lag(worker) over turns as before_worker, lag(what) over turns as before,
        lag(until) over turns as before_until
      from sim.turns window turns as (partition by id order by no)
    ) as turn
    where what = 'claim' and before = 'claim' and worker <> before_worker and at < before_until`;
  const unclaimed = await sql`
    select id, worker, at from (
      select *, lag(what) over (partition by id, worker order by no) as before from sim.turns
      where what <> 'move'
    ) as turn
    where what in ('query', 'refundQuery') and before is distinct from 'claim'`;
  return [
    ...broken("no two workers handle one order at a time", overlaps),
    ...broken("a worker asks only what it has claimed", unclaimed),
  ];
}

/** How long past its time a question waited at most until somebody took it, in seconds of the database's clock. */
export async function longestWait(sql: Sql): Promise<number> {
  const [row] = await sql<{ longest: number | null }[]>`
    select max(extract(epoch from at - due))::float8 as longest from sim.turns where what = 'claim'`;
  return row?.longest ?? 0;
}

export async function turnFigures(sql: Sql): Promise<Figures> {
  const [row] = await sql<{ questions: number; taken: number }[]>`
    select (count(*) filter (where what in ('query', 'refundQuery')))::int as questions,
      (count(*) filter (where what = 'claim' and before = 'claim' and worker <> before_worker))::int as taken
    from (
      select *, lag(worker) over turns as before_worker, lag(what) over turns as before
      from sim.turns window turns as (partition by id order by no)
    ) as turn`;
  return { questions: row?.questions ?? 0, "taken over from the killed and the frozen": row?.taken ?? 0 };
}

function broken(invariant: string, rows: readonly object[]): Broken[] {
  return rows.length === 0 ? [] : [{ invariant, detail: `${rows.length} times, such as ${JSON.stringify(rows[0])}` }];
}
