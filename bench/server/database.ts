import postgres, { type Sql } from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { startEmbeddedPostgres } from "@/scripts/start/embedded-postgres.mjs";
import { say } from "@/scripts/start/say.mjs";
import type { Ends } from "./ends";

export type BenchDatabase = {
  /** Connected to a database that nothing is measured in. */
  admin: Sql;
  /** Where the server writes its log. */
  logFile: string;
  url: (name: string) => string;
  port: number;
};

/** A server of our own with counters of statements. Everything that costs durability stays as it is in production. */
export async function startBenchDatabase(dataDir: string, ends: Ends): Promise<BenchDatabase> {
  say(`starting a database in ${dataDir}`);
  const first = await startEmbeddedPostgres({ dataDir });
  const server = (await prepare(first.url("postgres"))) ? await restart(first, dataDir) : first;
  ends.push(() => server.stop());
  const admin = postgres(server.url("postgres"), { max: 2, onnotice: () => {} });
  ends.push(() => admin.end({ timeout: 5 }));
  await admin`create extension if not exists pg_stat_statements`;
  return { admin, logFile: `${dataDir}/postgres.log`, url: server.url, port: server.port };
}

/** Makes a migrated database unless it is there. Returns whether it was made now. */
export async function ensureBenchDatabase({ admin, url }: BenchDatabase, name: string): Promise<boolean> {
  const found = await admin`select 1 from pg_database where datname = ${name}`;
  if (found.length === 0) await admin`create database ${admin(name)}`;
  await migrateDatabase(url(name));
  return found.length === 0;
}

export async function dropBenchDatabase({ admin }: BenchDatabase, name: string): Promise<void> {
  await admin`drop database if exists ${admin(name)} with (force)`;
}

/** Returns whether the server must be started again for its settings to hold. */
async function prepare(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ loaded: string }[]>`select current_setting('shared_preload_libraries') as loaded`;
    await sql`alter system set shared_preload_libraries = 'pg_stat_statements'`;
    await sql`alter system set pg_stat_statements.track = 'top'`;
    // A checkpoint in the middle of a slice would be measured with it.
    await sql`alter system set max_wal_size = '8GB'`;
    await sql`alter system set checkpoint_timeout = '30min'`;
    await sql`alter system set shared_buffers = '512MB'`;
    return !(row?.loaded ?? "").includes("pg_stat_statements");
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function restart(running: Awaited<ReturnType<typeof startEmbeddedPostgres>>, dataDir: string) {
  await running.stop();
  return startEmbeddedPostgres({ dataDir });
}
