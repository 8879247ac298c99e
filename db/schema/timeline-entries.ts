import { foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, merchantId } from "./columns";
import { payments } from "./payments";
import { refunds } from "./refunds";

/** What happened to a payment and its refunds, in order. Rows are added and never changed. */
export const timelineEntries = pgTable(
  "timeline_entries",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    paymentId: uuid("payment_id").notNull(),
    refundId: uuid("refund_id"),
    /** `person`, `call`, `answer`, `notification`, `change`, `conflict`; see lib/domain/timeline. */
    kind: text("kind").notNull(),
    fromState: text("from_state"),
    toState: text("to_state"),
    /** Who: a person's id, or `worker`, `script`, `gateway`. */
    actor: text("actor").notNull(),
    callId: uuid("call_id"),
    notificationId: uuid("notification_id"),
    details: jsonb("details").$type<Record<string, string | number | boolean | null>>().notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "timeline_entries_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    foreignKey({
      name: "timeline_entries_refund",
      columns: [table.merchantId, table.refundId],
      foreignColumns: [refunds.merchantId, refunds.id],
    }),
    index("timeline_entries_of_payment").on(table.merchantId, table.paymentId, table.id),
  ],
);
