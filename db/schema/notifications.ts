import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant, merchantId, number } from "./columns";
import { credentials } from "./credentials";
import { payments } from "./payments";

/** One delivery of a message: epoch milliseconds, source address, verdict then, microseconds until it was stored. */
export type DeliveryTry = [at: number, from: string | null, verdict: string, tookUs: number];

/** Every message that came to a notify address, and what we made of it. One row per distinct message, for ever. */
export const notifications = pgTable(
  "notifications",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    kind: text("kind", { enum: ["payment", "refund", "cancel"] }).notNull(),
    sourceAddress: text("source_address"),
    /** SHA-256 of kind and message: the protocol has no event id, and a repeat is identical to the byte. */
    dedup: bytes("dedup").notNull(),
    /** What the message itself deserves: `valid`, `bad-signature`, `ambiguous`, `unreadable`. */
    authenticity: text("authenticity").notNull(),
    /** What became of it; see lib/notifications. */
    verdict: text("verdict").notNull(),
    secretVersion: integer("secret_version"),
    orderNo: number("order_no"),
    gatewayState: integer("gateway_state"),
    paymentId: uuid("payment_id"),
    refundId: uuid("refund_id"),
    /** The state change it caused, such as `waiting>paid`, or null. */
    effect: text("effect"),
    /** It would have moved a state alone, but its credential wants our own question answered first. */
    isHeld: boolean("is_held").notNull().default(false),
    deliveries: integer("deliveries").notNull().default(1),
    /** The first deliveries of it: when, from where, what it was taken for and after how many microseconds. */
    tries: jsonb("tries").$type<DeliveryTry[]>().notNull().default([]),
    /** When it was last judged again. */
    rejudgedAt: instant("rejudged_at"),
    receivedAt: instant("received_at").notNull().defaultNow(),
    lastReceivedAt: instant("last_received_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "notifications_credential",
      columns: [table.merchantId, table.credentialId],
      foreignColumns: [credentials.merchantId, credentials.id],
    }),
    foreignKey({
      name: "notifications_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    uniqueIndex("notifications_dedup").on(table.merchantId, table.credentialId, table.dedup),
    index("notifications_newest").on(table.merchantId, table.receivedAt, table.id),
    index("notifications_of_order").on(table.merchantId, table.orderNo).where(sql`${table.orderNo} is not null`),
    // What may be judged otherwise one day, and what a person should look at.
    index("notifications_unsettled")
      .on(table.merchantId, table.receivedAt, table.id)
      .where(sql`${table.verdict} <> 'valid'`),
    index("notifications_of_payment").on(table.merchantId, table.paymentId).where(sql`${table.paymentId} is not null`),
    // Anybody can send a message that proves nothing, so those are counted before one more is kept.
    index("notifications_unproven")
      .on(table.merchantId, table.credentialId, table.receivedAt)
      .where(sql`${table.authenticity} <> 'valid'`),
  ],
);

/**
 * The same messages as they came over the wire, kept for a while: a partition for each month, so that a month can be
 * dropped without touching a row. `id` is the notification's; its first half is its time, which is what the table is
 * divided by, so a lookup by id reads one partition. What belongs to no month yet is in the default partition.
 *
 * No foreign key: it would be checked for every message, and only one statement ever writes both rows.
 */
export const notificationBodies = pgTable(
  "notification_bodies",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    contentType: text("content_type"),
    query: text("query").notNull(),
    body: bytes("body").notNull(),
    headers: jsonb("headers").$type<[name: string, value: string][]>().notNull(),
    /** Names that our own notify address brought along, which the signature does not cover; null when there are none. */
    ownNames: jsonb("own_names").$type<string[]>(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.id] })],
);

/** For how long messages are kept as they came. No row: as `lib/domain/retention` says. */
export const notificationRetention = pgTable(
  "notification_retention",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    months: integer("months").notNull(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    check("notification_retention_only", sql`${table.isOnly}`),
    check("notification_retention_months", sql`${table.months} between 1 and 120`),
  ],
);
