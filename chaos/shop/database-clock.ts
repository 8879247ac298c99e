import postgres, { type Sql } from "postgres";

/**
 * Gives a database a clock that can be moved: `now()` without a schema means `sim.now()` for everybody who connects
 * after this. The statements of the product stay as they are.
 *
 * The time is the real one shifted by `sim.shift`; a connection that has `sim.now` set (epoch milliseconds) lives in
 * that instant.
 */
export async function installClock(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`
      create schema sim;
      create table sim.shift (by interval not null);
      insert into sim.shift values (interval '0');
      create function sim.now() returns timestamptz language sql stable as $$
        select coalesce(
          pg_catalog.to_timestamp(nullif(pg_catalog.current_setting('sim.now', true), '')::double precision / 1000),
          pg_catalog.now() + (select by from sim.shift)
        )
      $$;`);
    // A default is bound to the function it was written with, so it is written again.
    const defaults = await sql<{ table: string; column: string }[]>`
      select table_name as "table", column_name as "column" from information_schema.columns
      where table_schema = 'public' and column_default = 'now()'`;
    for (const { table, column } of defaults) {
      await sql`alter table ${sql(table)} alter column ${sql(column)} set default sim.now()`;
    }
    const [row] = await sql<{ name: string }[]>`select current_database() as name`;
    await sql`alter database ${sql(row?.name ?? "")} set search_path = sim, pg_catalog, public`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Lets time pass in a database, for everybody connected to it. */
export async function advance(sql: Sql, milliseconds: number): Promise<void> {
  await sql`update sim.shift set by = by + make_interval(secs => ${milliseconds / 1000}::double precision)`;
}
