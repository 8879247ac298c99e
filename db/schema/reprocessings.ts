import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, merchantId } from "./columns";
import { merchants } from "./merchants";

/**
 * Everything that came since a time is judged again, in batches. The same id stands once for each merchant of the
 * environment it was started in.
 */
export const reprocessings = pgTable(
  "reprocessings",
  {
    merchantId: merchantId().references(() => merchants.merchantId),
    id: uuid("id").notNull(),
    state: text("state", { enum: ["running", "finished", "stopped"] })
      .notNull()
      .default("running"),
    since: instant("since").notNull(),
    /** What came later was judged with today's keys already. */
    until: instant("until").notNull(),
    /** The last message that was looked at. */
    seenAt: instant("seen_at"),
    seenId: uuid("seen_id"),
    looked: integer("looked").notNull().default(0),
    /** How many were judged otherwise than before. */
    changed: integer("changed").notNull().default(0),
    /** How many moved a state. */
    moved: integer("moved").notNull().default(0),
    /** How many open payments and refunds without a message are asked about at the gateway. */
    asked: integer("asked").notNull().default(0),
    /** Messages that could not be judged again because something broke, and were passed over. */
    failed: integer("failed").notNull().default(0),
    startedBy: uuid("started_by").notNull(),
    stoppedBy: uuid("stopped_by"),
    /** When a worker may take it: in the future while a worker has it. */
    nextRunAt: instant("next_run_at"),
    claim: uuid("claim"),
    createdAt: instant("created_at").notNull().defaultNow(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    index("reprocessings_due").on(table.nextRunAt).where(sql`${table.nextRunAt} is not null`),
    uniqueIndex("reprocessings_one_open").on(table.merchantId).where(sql`${table.state} = 'running'`),
    check("reprocessings_runs", sql`(${table.state} = 'running') = (${table.nextRunAt} is not null)`),
  ],
);
