import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { BenchDatabase } from "../server/database";

/** What a database has done since the counters were cleared. */
export type Counted = {
  /** Calls of the statement that keeps a message and moves its order. */
  ingest: number;
  /** Calls of statements in the way of a message that are not that one. */
  other: number;
  /** Hints to open pages, in their own time and about 50 a second at most. */
  hints: number;
  /** Commits, without those of hints, of reading the credential every 5 seconds, and of opening a connection. */
  commits: number;
  /** Rows inserted, changed or removed, by table. */
  changes: Record<string, number>;
  walBytes: number;
  /** Time inside of the database for the ingest statement. */
  ingestMs: number;
  /** Pages that it touched there. */
  ingestPages: number;
};

/**
 * Counts what `work` makes the database of one name do.
 *
 * Connections report their commits late, but always at their end: so all of them are ended before and after.
 */
export async function counted(database: BenchDatabase, name: string, work: () => Promise<void>): Promise<Counted> {
  await endConnections(database, name);
  await database.admin`select pg_stat_statements_reset()`;
  const before = await read(database, name);
  await work();
  await endConnections(database, name);
  const after = await read(database, name);
  const { background, ...calls } = await callsOf(database, name);
  return {
    ...calls,
    commits: after.commits - before.commits - (after.sessions - before.sessions) - calls.hints - background,
    walBytes: after.wal - before.wal,
    changes: Object.fromEntries(
      Object.entries(after.changes).map(([table, sum]) => [table, sum - (before.changes[table] ?? 0)]),
    ),
  };
}

/** Whole pages in the log and cleaning in the background are no property of a statement. */
export async function quieten({ admin }: BenchDatabase, isQuiet: boolean): Promise<void> {
  for (const setting of ["full_page_writes", "autovacuum"]) {
    if (isQuiet) await admin.unsafe(`alter system set ${setting} = off`);
    else await admin.unsafe(`alter system reset ${setting}`);
  }
  await admin`select pg_reload_conf()`;
}

async function endConnections({ admin }: BenchDatabase, name: string): Promise<void> {
  // Hints travel 20 milliseconds after their commit.
  await pause(100);
  for (;;) {
    const left = await admin`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = ${name} and backend_type = 'client backend' and application_name = 'countersign'`;
    if (left.length === 0) return;
    await pause(20);
  }
}

async function read({ admin, url }: BenchDatabase, name: string) {
  const own = postgres(url(name), { max: 1, onnotice: () => {}, fetch_types: false });
  const tables = await own<{ relname: string; sum: string }[]>`
    select relname, n_tup_ins + n_tup_upd + n_tup_del as sum from pg_stat_user_tables where schemaname = 'public'`;
  await own.end();
  const [row] = await admin<{ commits: string; sessions: string; wal: string }[]>`
    select xact_commit as commits, sessions, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal
    from pg_stat_database where datname = ${name}`;
  return {
    commits: Number(row?.commits),
    sessions: Number(row?.sessions),
    wal: Number(row?.wal),
    changes: Object.fromEntries(tables.map(({ relname, sum }) => [relname, Number(sum)])),
  };
}

async function callsOf({ admin }: BenchDatabase, name: string) {
  const rows = await admin<{ query: string; calls: string; ms: number; pages: number }[]>`
    select query, calls, total_exec_time as ms, (shared_blks_hit + shared_blks_read)::float8 as pages from pg_stat_statements
    where dbid = (select oid from pg_database where datname = ${name})`;
  const sums = { ingest: 0, other: 0, hints: 0, background: 0, ingestMs: 0, ingestPages: 0 };
  for (const { query, calls, ms, pages } of rows) {
    const kind = kindOf(query);
    sums[kind] += Number(calls);
    if (kind !== "ingest") continue;
    sums.ingestMs += ms;
    sums.ingestPages += pages;
  }
  return sums;
}

function kindOf(query: string): "ingest" | "other" | "hints" | "background" {
  if (query.includes("insert into notifications")) return "ingest";
  if (query.includes("pg_notify")) return "hints";
  if (query.includes("pg_stat_user_tables") || query.includes("pg_catalog") || query.includes("pg_type"))
    return "background";
  return /\bfrom "credential(s|_secrets)"/.test(query) ? "background" : "other";
}
