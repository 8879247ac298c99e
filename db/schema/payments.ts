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
import { credentials } from "./credentials";

/**
 * What we intended, and where it stands. The row exists before the gateway hears of the payment.
 * `reserved_amount` is what refunds have taken or may still take; the database refuses more than was paid.
 */
export const payments = pgTable(
  "payments",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    mchOrderNo: number("mch_order_no").notNull(),
    payOrderId: number("pay_order_id"),
    channelOrderNo: number("channel_order_no"),
    wayCode: text("way_code").notNull(),
    /** What is asked for; of a hold that was completed, what was taken of it. */
    amount: money("amount").notNull(),
    /** What was asked to be held; null for every order that is no hold. */
    heldAmount: money("held_amount"),
    heldAt: instant("held_at"),
    currency: text("currency").notNull(),
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    clientIp: text("client_ip"),
    notifyUrl: text("notify_url"),
    returnUrl: text("return_url"),
    expiredTimeSeconds: integer("expired_time_seconds").notNull(),
    /** As sent, with card numbers and bar codes masked. */
    channelExtra: text("channel_extra"),
    extParam: text("ext_param"),
    state: text("state").notNull(),
    /** The gateway's own number, kept as it came even when we do not know what it means. */
    gatewayState: integer("gateway_state"),
    /** What a person must look at: `paid-after-close`, `contradiction`, `wrong-content`, `paid-after-decline`. */
    attention: text("attention"),
    /** By which way the present state was proven: `answer`, `query`, `notification`; null while only we say so. */
    provenBy: text("proven_by", { enum: ["answer", "query", "notification"] }),
    payDataType: text("pay_data_type"),
    payData: text("pay_data"),
    errCode: text("err_code"),
    errMsg: text("err_msg"),
    refundedAmount: money("refunded_amount").notNull().default(0),
    reservedAmount: money("reserved_amount").notNull().default(0),
    paidAt: instant("paid_at"),
    expiresAt: instant("expires_at").notNull(),
    closeAskedAt: instant("close_asked_at"),
    /** Found by asking the gateway, not made here. */
    isAdopted: boolean("is_adopted").notNull().default(false),
    nextAskAt: instant("next_ask_at"),
    askCount: integer("ask_count").notNull().default(0),
    lastAskedAt: instant("last_asked_at"),
    sentAt: instant("sent_at"),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "payments_credential",
      columns: [table.merchantId, table.credentialId],
      foreignColumns: [credentials.merchantId, credentials.id],
    }),
    uniqueIndex("payments_mch_order_no").on(table.merchantId, table.mchOrderNo),
    index("payments_pay_order_id").on(table.merchantId, table.payOrderId).where(sql`${table.payOrderId} is not null`),
    index("payments_channel_order_no")
      .on(table.merchantId, table.channelOrderNo)
      .where(sql`${table.channelOrderNo} is not null`),
    // Upwards, and read backwards for the newest first. Declared downwards, an index of the query builder puts nulls
    // last, and no plain `order by … desc` can use it.
    index("payments_newest").on(table.merchantId, table.createdAt, table.id),
    index("payments_by_amount").on(table.merchantId, table.amount, table.id),
    index("payments_due").on(table.nextAskAt).where(sql`${table.nextAskAt} is not null`),
    index("payments_exceptional")
      .on(table.merchantId, table.state, table.createdAt, table.id)
      .where(sql`${table.state} not in ('paid', 'closed')`),
    index("payments_attention")
      .on(table.merchantId, table.createdAt, table.id)
      .where(sql`${table.attention} is not null`),
    index("payments_holds").on(table.merchantId, table.createdAt, table.id).where(sql`${table.heldAmount} is not null`),
    check("payments_held", sql`${table.heldAmount} is null or ${table.amount} <= ${table.heldAmount}`),
    // Held money is not ours: nothing of it was paid, and nothing of it can go back.
    check(
      "payments_held_unpaid",
      sql`${table.state} <> 'held' or ${table.heldAmount} is not null and ${table.paidAt} is null and ${table.reservedAmount} = 0`,
    ),
    check("payments_amount", sql`${table.amount} > 0`),
    check("payments_reserved", sql`${table.reservedAmount} between 0 and ${table.amount}`),
    check("payments_refunded", sql`${table.refundedAmount} between 0 and ${table.reservedAmount}`),
  ],
);
