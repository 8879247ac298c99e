import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, instant, merchantId, number } from "./columns";
import { credentials } from "./credentials";
import { payments } from "./payments";

/** Every message that came to a notify address, as it came, with what we made of it. One row per distinct message. */
export const notifications = pgTable(
  "notifications",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    kind: text("kind", { enum: ["payment", "refund", "cancel"] }).notNull(),
    contentType: text("content_type"),
    query: text("query").notNull(),
    body: bytes("body").notNull(),
    headers: jsonb("headers").$type<[name: string, value: string][]>().notNull(),
    sourceAddress: text("source_address"),
    /** SHA-256 of kind and message: the protocol has no event id, and a repeat is identical to the byte. */
    dedup: bytes("dedup").notNull(),
    /** What the message itself deserves: `valid`, `bad-signature`, `ambiguous`, `unreadable`. */
    authenticity: text("authenticity").notNull(),
    /** What became of it; see lib/notifications. */
    verdict: text("verdict").notNull(),
    /** Names and values as read, null when it could not be read. */
    fields: jsonb("fields").$type<[name: string, value: string][]>(),
    signedText: text("signed_text"),
    secretVersion: integer("secret_version"),
    orderNo: number("order_no"),
    gatewayState: integer("gateway_state"),
    paymentId: uuid("payment_id"),
    refundId: uuid("refund_id"),
    /** The state change it caused, such as `waiting>paid`, or null. */
    effect: text("effect"),
    deliveries: integer("deliveries").notNull().default(1),
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
    index("notifications_of_payment").on(table.merchantId, table.paymentId).where(sql`${table.paymentId} is not null`),
    // Anybody can send a message that proves nothing, so those are counted before one more is kept.
    index("notifications_unproven")
      .on(table.merchantId, table.credentialId, table.receivedAt)
      .where(sql`${table.authenticity} <> 'valid'`),
  ],
);
