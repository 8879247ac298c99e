import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, merchantId, money, number } from "./columns";
import { payments } from "./payments";
import { people } from "./people";

/** How refunds of one environment are handled. No row: as `lib/domain/refund-rules` says. */
export const refundRules = pgTable(
  "refund_rules",
  {
    environment: text("environment", { enum: ["test", "production"] }).primaryKey(),
    /** How long a refund can be stopped before it is sent. */
    holdSeconds: integer("hold_seconds").notNull(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [check("refund_rules_hold", sql`${table.holdSeconds} between 0 and 300`)],
);

/** Up to which sum a role refunds alone, in one currency. No row or null: without a limit. */
export const refundLimits = pgTable(
  "refund_limits",
  {
    environment: text("environment", { enum: ["test", "production"] }).notNull(),
    role: text("role", { enum: ["support", "operator", "admin"] }).notNull(),
    currency: text("currency").notNull(),
    perRefund: money("per_refund"),
    perDay: money("per_day"),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.role, table.currency] }),
    check("refund_limits_positive", sql`${table.perRefund} >= 0 and ${table.perDay} >= 0`),
  ],
);

/** What a person refunded alone on one business day, so that two tabs cannot spend the same allowance. */
export const refundDays = pgTable(
  "refund_days",
  {
    environment: text("environment", { enum: ["test", "production"] }).notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    /** `2026-11-19`, in Hong Kong. */
    day: text("day").notNull(),
    currency: text("currency").notNull(),
    amount: money("amount").notNull(),
  },
  (table) => [primaryKey({ columns: [table.environment, table.personId, table.day, table.currency] })],
);

/** A refund above its maker's limit, waiting for a second person. It becomes a refund under the same number. */
export const refundRequests = pgTable(
  "refund_requests",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    paymentId: uuid("payment_id").notNull(),
    mchRefundNo: number("mch_refund_no").notNull(),
    amount: money("amount").notNull(),
    currency: text("currency").notNull(),
    reason: text("reason").notNull(),
    note: text("note"),
    /** Why it needs a second person. */
    because: text("because").notNull(),
    /** Grows with every edit; an approval names the one it saw. */
    revision: integer("revision").notNull().default(1),
    state: text("state", { enum: ["open", "approved", "declined", "withdrawn"] })
      .notNull()
      .default("open"),
    requestedBy: uuid("requested_by").notNull(),
    decidedBy: uuid("decided_by"),
    decidedAt: instant("decided_at"),
    decisionNote: text("decision_note"),
    refundId: uuid("refund_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "refund_requests_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    uniqueIndex("refund_requests_number").on(table.merchantId, table.mchRefundNo),
    index("refund_requests_of_payment").on(table.merchantId, table.paymentId),
    index("refund_requests_newest").on(table.merchantId, table.createdAt, table.id),
    index("refund_requests_open").on(table.merchantId, table.createdAt, table.id).where(sql`${table.state} = 'open'`),
    check("refund_requests_amount", sql`${table.amount} > 0`),
    check(
      "refund_requests_second_person",
      sql`${table.state} <> 'approved' or coalesce(${table.decidedBy} <> ${table.requestedBy}, false)`,
    ),
  ],
);
