import { sql } from "drizzle-orm";
import { err, ok, type Result } from "@/lib/domain/result";
import { db } from "./client";
import journal from "./migrations/meta/_journal.json";

/** `reason` may be shown to anybody; `cause` is for the log. */
type Unready = { reason: string; cause?: unknown };

/** Whether the database answers and every migration this version was built with has been carried out. */
export async function databaseReadiness(): Promise<Result<"ready", Unready>> {
  const done = await migrationsDone();
  if (!done.ok) return done;
  const missing = journal.entries.filter(({ when }) => !done.value.has(when));
  if (missing.length === 0) return ok("ready");
  const names = missing.map(({ tag }) => tag).join(", ");
  return err({ reason: `The database lacks a migration: ${names}. Run npm run migrate.` });
}

/** The instants that name the migrations carried out. The migrator keeps them in its own schema. */
async function migrationsDone(): Promise<Result<Set<number>, Unready>> {
  try {
    // The pool with the short limits: a probe that waits is itself an answer.
    const rows = await db("notifications").execute<{ when: string }>(
      sql`select created_at::text as "when" from drizzle.__drizzle_migrations`,
    );
    return ok(new Set(rows.map(({ when }) => Number(when))));
  } catch (cause) {
    return hasCode(cause, "42P01") || hasCode(cause, "3F000")
      ? ok(new Set())
      : err({ reason: "The database does not answer.", cause });
  }
}

/** `42P01` and `3F000`: no such table, no such schema. The query builder wraps the driver's error. */
function hasCode(error: unknown, code: string): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === code) || hasCode(error.cause, code);
}
