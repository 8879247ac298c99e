import { eq, lt, sql } from "drizzle-orm";
import { type Db, db, type Tx } from "@/db/client";
import { signInLimits } from "@/db/schema/people";

export type Attempts = { failures: number; secondsLeft: number };

/**
 * Counts an attempt before its password is looked at, in one statement and by the database's clock: attempts that come
 * at the same moment cannot overtake the limit. A success takes its count back with `forgiveAttempt`.
 *
 * @param keys  always in the order account, address, so that two attempts cannot wait for each other
 */
export async function countAttempt(
  keys: readonly string[],
  { windowMinutes, database = db() }: { windowMinutes: number; database?: Db },
): Promise<Map<string, Attempts>> {
  const windowEndsAt = sql`now() + make_interval(mins => ${windowMinutes})`;
  const isOver = sql`${signInLimits.windowEndsAt} <= now()`;
  const rows = await database
    .insert(signInLimits)
    .values(keys.map((key) => ({ key, failures: 1, windowEndsAt })))
    .onConflictDoUpdate({
      target: signInLimits.key,
      set: {
        failures: sql`case when ${isOver} then 1 else ${signInLimits.failures} + 1 end`,
        windowEndsAt: sql`case when ${isOver} then ${windowEndsAt} else ${signInLimits.windowEndsAt} end`,
      },
    })
    .returning({
      key: signInLimits.key,
      failures: signInLimits.failures,
      secondsLeft: sql<number>`ceil(extract(epoch from ${signInLimits.windowEndsAt} - now()))::int`,
    });
  return new Map(rows.map(({ key, ...attempts }) => [key, attempts]));
}

/** Takes a count back: the account starts afresh, the address keeps what others failed from there. */
export async function forgiveAttempt(tx: Tx, keys: { account: string; address: string }): Promise<void> {
  await tx.delete(signInLimits).where(eq(signInLimits.key, keys.account));
  await tx
    .update(signInLimits)
    .set({ failures: sql`greatest(${signInLimits.failures} - 1, 0)` })
    .where(eq(signInLimits.key, keys.address));
}

/** Forgets windows that ended, so that guessing at unknown accounts does not fill the table for good. */
export async function forgetOldAttempts(tx: Tx): Promise<void> {
  await tx.delete(signInLimits).where(lt(signInLimits.windowEndsAt, sql`now() - interval '1 hour'`));
}
