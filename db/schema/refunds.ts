import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, merchantId, money, number } from "./columns";
import { payments } from "./payments";

/** Money on its way back. Its number is stored before the first request and repeated by every retry. */
export const refunds = pgTable(
  "refunds",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    paymentId: uuid("payment_id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    mchRefundNo: number("mch_refund_no").notNull(),
    refundOrderId: number("refund_order_id"),
    channelOrderNo: number("channel_order_no"),
    amount: money("amount").notNull(),
    currency: text("currency").notNull(),
    reason: text("reason").notNull(),
    note: text("note"),
    state: text("state").notNull(),
    gatewayState: integer("gateway_state"),
    attention: text("attention"),
    provenBy: text("proven_by", { enum: ["answer", "query", "notification"] }),
    errCode: text("err_code"),
    errMsg: text("err_msg"),
    succeededAt: instant("succeeded_at"),
    nextAskAt: instant("next_ask_at"),
    askCount: integer("ask_count").notNull().default(0),
    lastAskedAt: instant("last_asked_at"),
    sentAt: instant("sent_at"),
    sendCount: integer("send_count").notNull().default(0),
    /** Until then it can be stopped, and is not sent. */
    heldUntil: instant("held_until"),
    /** Who made it: a person here, a plan of many refunds, or somebody at the gateway's own side. */
    origin: text("origin", { enum: ["console", "plan", "elsewhere"] })
      .notNull()
      .default("console"),
    /** Who approved it, when it needed a second person. */
    approvedBy: uuid("approved_by"),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "refunds_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    uniqueIndex("refunds_mch_refund_no").on(table.merchantId, table.mchRefundNo),
    // The gateway takes one refund at a time, and an unclear one may already have moved money. Others wait as prepared.
    uniqueIndex("refunds_one_in_flight")
      .on(table.merchantId, table.paymentId)
      .where(sql`${table.state} in ('sent', 'unclear', 'pending')`),
    index("refunds_of_payment").on(table.merchantId, table.paymentId),
    index("refunds_refund_order_id")
      .on(table.merchantId, table.refundOrderId)
      .where(sql`${table.refundOrderId} is not null`),
    index("refunds_channel_order_no")
      .on(table.merchantId, table.channelOrderNo)
      .where(sql`${table.channelOrderNo} is not null`),
    index("refunds_newest").on(table.merchantId, table.createdAt, table.id),
    index("refunds_by_amount").on(table.merchantId, table.amount, table.id),
    index("refunds_attention")
      .on(table.merchantId, table.createdAt, table.id)
      .where(sql`${table.attention} is not null`),
    index("refunds_due").on(table.nextAskAt).where(sql`${table.nextAskAt} is not null`),
    check("refunds_amount", sql`${table.amount} > 0`),
  ],
);
