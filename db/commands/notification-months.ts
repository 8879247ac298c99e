import type { Sql } from "postgres";
import { firstIdSince, isBefore, type Month, madeAt, monthOf, monthsAfter, startOf } from "@/lib/domain/retention";

/** How many months beyond the present one have their partition already: no worker may run for that long. */
const monthsAhead = 2;

/**
 * Makes the partitions of this month and the next ones, and those of months whose messages had none. Takes no lock that
 * a notification waits for. Does nothing where another process is at it.
 *
 * @param now  of the database's clock
 */
export async function prepareMonths(sql: Sql, now: Date): Promise<Month[]> {
  return (
    (await alone(sql, async (held) => {
      const [stray] = await held<{ id: string }[]>`select id from notification_bodies_default order by id limit 1`;
      const known = new Set((await monthsKept(held)).map(nameOf));
      const last = monthsAfter(monthOf(now), monthsAhead);
      const oldest = monthsAfter(monthOf(now), -mostStrayMonths);
      let month = stray ? monthOf(madeAt(stray.id)) : monthOf(now);
      if (isBefore(month, oldest)) month = oldest;
      const made: Month[] = [];
      for (; !isBefore(last, month); month = monthsAfter(month, 1)) {
        if (known.has(nameOf(month))) continue;
        await makeMonth(held, month);
        made.push(month);
      }
      return made;
    })) ?? []
  );
}

/**
 * Drops whole months of messages as they came, and nothing else: no row is read or removed one by one, except for
 * messages that never had a month.
 *
 * @param note  writes down which months go, in the same transaction
 * @returns the months that are gone; `null` where another process is at it
 */
export async function dropMonthsBefore(
  sql: Sql,
  oldest: Month,
  note: (held: Sql, months: Month[]) => Promise<void> = async () => {},
): Promise<Month[] | null> {
  return alone(sql, async (held) => {
    const past = (await monthsKept(held)).filter((month) => isBefore(month, oldest));
    for (const month of past) await held.unsafe(`drop table ${nameOf(month)}`);
    if (past.length > 0) await note(held, past);
    await held`delete from notification_bodies_default where id < ${firstIdSince(startOf(oldest))}::uuid`;
    return past;
  });
}

/** Sets for how many months messages are kept as they came. */
export async function setRetentionMonths(sql: Sql, months: number): Promise<void> {
  await sql`
    insert into notification_retention (months) values (${months}::int)
    on conflict (is_only) do update set months = excluded.months, changed_at = now()`;
}

/** The months that have a partition, oldest first. */
export async function monthsKept(sql: Sql): Promise<Month[]> {
  const rows = await sql<{ name: string }[]>`
    select child.relname as name from pg_inherits
    join pg_class child on child.oid = pg_inherits.inhrelid
    where pg_inherits.inhparent = 'notification_bodies'::regclass
    order by child.relname`;
  return rows.flatMap(({ name }) => {
    const [, year, month] = /^notification_bodies_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return year && month ? [{ year: Number(year), month: Number(month) }] : [];
  });
}

/** The database's own time, which alone decides what is old. */
export async function databaseNow(sql: Sql): Promise<Date> {
  const [row] = await sql<{ now: string }[]>`select now()::text as now`;
  return new Date(row?.now ?? Number.NaN);
}

const mostStrayMonths = 120;

/** Made beside the table and then attached, because making it as a part would keep every notification waiting. */
async function makeMonth(sql: Sql, month: Month): Promise<void> {
  const name = nameOf(month);
  const from = firstIdSince(startOf(month));
  const to = firstIdSince(startOf(monthsAfter(month, 1)));
  await sql.unsafe(`create table ${name} (like notification_bodies including all)`);
  await sql.unsafe(`
    with strayed as (
      delete from notification_bodies_default where id >= '${from}' and id < '${to}' returning *
    )
    insert into ${name} select * from strayed`);
  await sql.unsafe(`alter table notification_bodies attach partition ${name} for values from ('${from}') to ('${to}')`);
}

function nameOf({ year, month }: Month): string {
  return `notification_bodies_${year}_${String(month).padStart(2, "0")}`;
}

/** One process at a time, and none of them long in anybody's way: what cannot be had at once is tried again later. */
async function alone<T>(sql: Sql, work: (held: Sql) => Promise<T>): Promise<T | null> {
  try {
    return (await sql.begin(async (transaction) => {
      const held = transaction as unknown as Sql;
      await held`set local lock_timeout = '1s'`;
      await held`lock table notification_bodies in share update exclusive mode nowait`;
      return work(held);
    })) as T;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "55P03") return null;
    throw error;
  }
}
