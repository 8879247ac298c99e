import { and, desc, eq, gte, inArray, max, min, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { reprocessings } from "@/db/schema/reprocessings";
import { ReprocessingId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** A run over everything that came since a time, added up over the merchants of its environment. */
export type ReprocessingRow = {
  id: ReprocessingId;
  state: "running" | "finished" | "stopped";
  since: Date;
  until: Date;
  /** How far it has come; null before its first batch. */
  seenAt: Date | null;
  looked: number;
  changed: number;
  moved: number;
  asked: number;
  failed: number;
  startedByName: string | null;
  createdAt: Date;
  endedAt: Date | null;
};

/** The latest runs of the environment, the newest first. */
export async function listReprocessings(scope: Scope, limit = 10): Promise<ReprocessingRow[]> {
  const rows = await db()
    .select({
      id: reprocessings.id,
      isRunning: sql<boolean>`bool_or(${reprocessings.state} = 'running')`,
      isStopped: sql<boolean>`bool_or(${reprocessings.state} = 'stopped')`,
      since: min(reprocessings.since),
      until: max(reprocessings.until),
      seenAt: min(reprocessings.seenAt),
      looked: sum(reprocessings.looked),
      changed: sum(reprocessings.changed),
      moved: sum(reprocessings.moved),
      asked: sum(reprocessings.asked),
      failed: sum(reprocessings.failed),
      startedByName: people.name,
      createdAt: max(reprocessings.createdAt),
      endedAt: max(reprocessings.endedAt),
    })
    .from(reprocessings)
    .leftJoin(people, eq(people.id, reprocessings.startedBy))
    .where(inArray(reprocessings.merchantId, merchantIdsOf(scope)))
    .groupBy(reprocessings.id, people.name)
    .orderBy(desc(reprocessings.id))
    .limit(limit);
  return rows.map(({ isRunning, isStopped, ...row }) => ({
    ...row,
    id: ReprocessingId.parse(row.id),
    state: isRunning ? "running" : isStopped ? "stopped" : "finished",
    since: row.since ?? new Date(0),
    until: row.until ?? new Date(0),
    createdAt: row.createdAt ?? new Date(0),
  }));
}

function sum(column: PgColumn) {
  return sql<number>`sum(${column})::int`;
}

/** How many open payments were made since a time, counted no further than `most`: the sweep asks about the silent ones. */
export async function countOpenPayments(scope: Scope, since: Date, most: number): Promise<number> {
  const found = db()
    .select({ one: sql<number>`1`.as("one") })
    .from(payments)
    .where(
      and(
        inArray(payments.merchantId, merchantIdsOf(scope)),
        inArray(payments.state, ["unclear", "created", "waiting"]),
        gte(payments.createdAt, since),
      ),
    )
    .limit(most)
    .as("found");
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(found);
  return row?.count ?? 0;
}
