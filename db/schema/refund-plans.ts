import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, merchantId, money, number } from "./columns";
import { payments } from "./payments";

/** Many refunds that are rehearsed first and then made one after the other. */
export const refundPlans = pgTable(
  "refund_plans",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    label: text("label").notNull(),
    state: text("state", { enum: ["draft", "running", "paused", "finished", "discarded"] })
      .notNull()
      .default("draft"),
    lineCount: integer("line_count").notNull(),
    /** Refunds are made in this person's name, with this person's limits. */
    createdBy: uuid("created_by").notNull(),
    /** Names the rehearsal: running a plan needs the one that was looked at. */
    rehearsedAt: instant("rehearsed_at"),
    /** When it was last started or resumed. */
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    /** Why it stopped or ended before its last line, and who did that. Without a person it stopped by itself. */
    stopReason: text("stop_reason"),
    stoppedBy: uuid("stopped_by"),
    /** When a worker may take it: in the future while it is held or a worker has it. */
    nextRunAt: instant("next_run_at"),
    /** The worker that has it. */
    claim: uuid("claim"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    index("refund_plans_newest").on(table.merchantId, table.createdAt, table.id),
    index("refund_plans_due").on(table.nextRunAt).where(sql`${table.nextRunAt} is not null`),
    check("refund_plans_runs", sql`(${table.state} = 'running') = (${table.nextRunAt} is not null)`),
    check("refund_plans_size", sql`${table.lineCount} between 1 and 1000`),
  ],
);

/** What a run may give back at most, in each currency. The check is what no number of workers can get past. */
export const refundPlanBudgets = pgTable(
  "refund_plan_budgets",
  {
    merchantId: merchantId(),
    planId: uuid("plan_id").notNull(),
    currency: text("currency").notNull(),
    budget: money("budget").notNull(),
    /** What was refunded and asked for. A refund that fails later does not give its part back. */
    spent: money("spent").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.planId, table.currency] }),
    foreignKey({
      name: "refund_plan_budgets_plan",
      columns: [table.merchantId, table.planId],
      foreignColumns: [refundPlans.merchantId, refundPlans.id],
    }),
    check("refund_plan_budgets_kept", sql`${table.spent} between 0 and ${table.budget}`),
  ],
);

/** One refund of a plan. Its number is stored here before anything is sent, and is the refund's for ever. */
export const refundPlanLines = pgTable(
  "refund_plan_lines",
  {
    merchantId: merchantId(),
    planId: uuid("plan_id").notNull(),
    /** Its place in the text it was read from. */
    lineNo: integer("line_no").notNull(),
    typedNumber: number("typed_number").notNull(),
    /** Major units as typed; empty means all that is left. */
    typedAmount: text("typed_amount").notNull(),
    reason: text("reason").notNull(),
    note: text("note"),
    mchRefundNo: number("mch_refund_no").notNull(),
    paymentId: uuid("payment_id"),
    amount: money("amount"),
    currency: text("currency"),
    verdict: text("verdict"),
    /** The verdict in a sentence, where the word is not enough. */
    why: text("why"),
    /** A person looked twice at a sum that seemed a slip of units. */
    isConfirmed: boolean("is_confirmed").notNull().default(false),
    state: text("state", { enum: ["waiting", "made", "requested", "skipped", "failed"] })
      .notNull()
      .default("waiting"),
    refundId: uuid("refund_id"),
    requestId: uuid("request_id"),
    problem: text("problem"),
    settledAt: instant("settled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.planId, table.lineNo] }),
    foreignKey({
      name: "refund_plan_lines_plan",
      columns: [table.merchantId, table.planId],
      foreignColumns: [refundPlans.merchantId, refundPlans.id],
    }),
    foreignKey({
      name: "refund_plan_lines_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    uniqueIndex("refund_plan_lines_number").on(table.merchantId, table.mchRefundNo),
    index("refund_plan_lines_of_payment").on(table.merchantId, table.paymentId),
    check("refund_plan_lines_amount", sql`${table.amount} > 0`),
    check("refund_plan_lines_made", sql`(${table.state} = 'made') = (${table.refundId} is not null)`),
    check("refund_plan_lines_requested", sql`(${table.state} = 'requested') = (${table.requestId} is not null)`),
  ],
);
