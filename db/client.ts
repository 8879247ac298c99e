import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { settings } from "@/lib/config/settings";

export type Db = PostgresJsDatabase;

/** A transaction. Commands take one, so that what belongs together is committed together. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/**
 * Where a query waits for a connection. Notifications have a pool of their own, so that neither slow pages nor a flood
 * of messages keeps the other waiting.
 */
export type Pool = "pages" | "notifications";

type Open = { db: Db; sql: Sql };

/** How many notifications are stored at the same time: one connection each. */
export const notificationsAtOnce = 8;

const limits = {
  pages: { max: 10, statementTimeoutMs: 15_000, lockTimeoutMs: 5_000, isPlannedOnce: false },
  // The gateway waits 20 seconds for its answer and sends again: better a quick refusal than a late success.
  // Its statements find everything by key and are long: planning one takes longer than doing it.
  notifications: { max: notificationsAtOnce, statementTimeoutMs: 3_000, lockTimeoutMs: 2_000, isPlannedOnce: true },
} satisfies Record<Pool, object>;

/** The framework may load this file more than once in a process, and each copy must find the same pools. */
const shelf = globalThis as { [key: symbol]: Map<Pool, Open> | undefined };
const shelfKey = Symbol.for("countersign.database");

/** The database of this process, connected at the first query. */
export function db(pool: Pool = "pages"): Db {
  return open(pool).db;
}

/** The driver below `db()`, for LISTEN and for bulk statements. Counts and other `bigint` results are strings there. */
export function sqlClient(pool: Pool = "pages"): Sql {
  return open(pool).sql;
}

/**
 * Runs `work` in one transaction, and again from its beginning when the database asks for that (serialization failure,
 * deadlock). So `work` must do nothing outside of the database.
 */
export async function inTransaction<T>(
  work: (tx: Tx) => Promise<T>,
  { pool = "pages", attempts = 5, database = db(pool) }: { pool?: Pool; attempts?: number; database?: Db } = {},
): Promise<T> {
  return withRetry(() => database.transaction(work), attempts);
}

/**
 * The same for commands that are written for the driver.
 *
 * @param work  what it throws rolls everything back and comes out again
 */
export async function inSqlTransaction<T>(work: (sql: Sql) => Promise<T>, pool: Pool = "pages"): Promise<T> {
  // A transaction is called like the client; only what no command uses (listen, end …) is missing.
  const run = (transaction: unknown) => work(transaction as Sql);
  return withRetry(async () => (await sqlClient(pool).begin(run)) as T);
}

/** Repeats a statement that the database rolled back in favour of another one. */
export async function withRetry<T>(work: () => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !mayBeRepeated(error)) throw error;
      await pause(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/** Ends all connections of this process, after the running queries. The next `db()` opens new ones. */
export async function closeDb(): Promise<void> {
  const pools = shelf[shelfKey];
  shelf[shelfKey] = undefined;
  await Promise.all([...(pools?.values() ?? [])].map(({ sql }) => sql.end({ timeout: 5 })));
}

/**
 * Opens a pool to any database.
 *
 * The time limits are startup parameters: a PgBouncer in between needs them in `ignore_startup_parameters`. An older one
 * also needs `?prepare=false` at the end of the address.
 */
export function openDatabase(
  url: string,
  limit: { max: number; statementTimeoutMs: number; lockTimeoutMs: number; isPlannedOnce?: boolean },
): Open {
  const sql = postgres(url, {
    max: limit.max,
    connect_timeout: 5,
    idle_timeout: 60,
    backoff: secondsToNextTry,
    onnotice: () => {},
    connection: {
      application_name: "countersign",
      statement_timeout: limit.statementTimeoutMs,
      lock_timeout: limit.lockTimeoutMs,
      idle_in_transaction_session_timeout: 30_000,
      ...(limit.isPlannedOnce ? { plan_cache_mode: "force_generic_plan" } : {}),
    },
  });
  return { sql, db: drizzle({ client: sql }) };
}

/**
 * The driver's own pauses grow to twenty seconds, and so long would the product stay away after its database is back.
 *
 * @param failures  of all connections of the pool, since one of them succeeded
 */
function secondsToNextTry(failures: number): number {
  return (0.5 + Math.random() / 2) * Math.min(0.02 * 2 ** failures, 1);
}

function open(pool: Pool): Open {
  shelf[shelfKey] ??= new Map();
  const pools = shelf[shelfKey];
  const existing = pools.get(pool);
  if (existing) return existing;
  const opened = openDatabase(settings().databaseUrl.reveal(), limits[pool]);
  pools.set(pool, opened);
  return opened;
}

const repeatable = new Set(["40001", "40P01"]);

/** The query builder wraps the driver's error, so the code may lie deeper. */
function mayBeRepeated(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && repeatable.has(error.code)) return true;
  return mayBeRepeated(error.cause);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
