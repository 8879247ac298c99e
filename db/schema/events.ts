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
import { bytes, instant, merchantId } from "./columns";
import { merchants } from "./merchants";
import { payments } from "./payments";
import { refunds } from "./refunds";

/** A system of the merchant's own that wants to hear what changes here. */
export const eventEndpoints = pgTable(
  "event_endpoints",
  {
    merchantId: merchantId().references(() => merchants.merchantId),
    id: uuid("id").notNull(),
    label: text("label").notNull(),
    url: text("url").notNull(),
    /** Empty: every type. */
    eventTypes: text("event_types").array().notNull(),
    isActive: boolean("is_active").notNull().default(true),
    /** `gone` when the receiver itself asked us to stop (HTTP 410). */
    stoppedBecause: text("stopped_because", { enum: ["gone"] }),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    index("event_endpoints_active").on(table.merchantId).where(sql`${table.isActive}`),
  ],
);

/** The key of an endpoint, sealed like the secret of a credential, but for this very row. */
export const eventSecrets = pgTable(
  "event_secrets",
  {
    merchantId: merchantId(),
    endpointId: uuid("endpoint_id").notNull(),
    version: integer("version").notNull(),
    sealed: bytes("sealed").notNull(),
    wrappedKey: bytes("wrapped_key").notNull(),
    fingerprint: text("fingerprint").notNull(),
    lastFour: text("last_four").notNull(),
    length: integer("length").notNull(),
    /** `current` and `previous` both sign, so that the receiver can change over; `retired` does not. */
    stage: text("stage", { enum: ["current", "previous", "retired"] }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.endpointId, table.version] }),
    foreignKey({
      name: "event_secrets_endpoint",
      columns: [table.merchantId, table.endpointId],
      foreignColumns: [eventEndpoints.merchantId, eventEndpoints.id],
    }),
    uniqueIndex("event_secrets_one_current")
      .on(table.merchantId, table.endpointId)
      .where(sql`${table.stage} = 'current'`),
  ],
);

/** A change that somebody wants to hear of, written by the statement that made it. Rows are added and never changed. */
export const events = pgTable(
  "events",
  {
    merchantId: merchantId(),
    /** The receiver's mark against doubles: it travels as `webhook-id`. */
    id: uuid("id").notNull(),
    /** See lib/domain/events. */
    type: text("type").notNull(),
    paymentId: uuid("payment_id"),
    refundId: uuid("refund_id"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    /** Not given to the endpoints yet. */
    isNew: boolean("is_new").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "events_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    foreignKey({
      name: "events_refund",
      columns: [table.merchantId, table.refundId],
      foreignColumns: [refunds.merchantId, refunds.id],
    }),
    index("events_new").on(table.createdAt).where(sql`${table.isNew}`),
    index("events_of_payment").on(table.merchantId, table.paymentId).where(sql`${table.paymentId} is not null`),
  ],
);

/** One event on its way to one endpoint. */
export const eventDeliveries = pgTable(
  "event_deliveries",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    eventId: uuid("event_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    state: text("state", { enum: ["due", "delivered", "given-up"] })
      .notNull()
      .default("due"),
    /** Attempts of this round; sending again by hand begins another one. */
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    /** Who is sending just now, so that a late loser does not plan over the winner. */
    claim: uuid("claim"),
    lastOutcome: text("last_outcome"),
    lastStatus: integer("last_status"),
    deliveredAt: instant("delivered_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "event_deliveries_event",
      columns: [table.merchantId, table.eventId],
      foreignColumns: [events.merchantId, events.id],
    }),
    foreignKey({
      name: "event_deliveries_endpoint",
      columns: [table.merchantId, table.endpointId],
      foreignColumns: [eventEndpoints.merchantId, eventEndpoints.id],
    }),
    uniqueIndex("event_deliveries_once").on(table.merchantId, table.eventId, table.endpointId),
    index("event_deliveries_due")
      .on(table.merchantId, table.endpointId, table.nextAttemptAt)
      .where(sql`${table.nextAttemptAt} is not null`),
    index("event_deliveries_newest").on(table.merchantId, table.createdAt, table.id),
    check("event_deliveries_plan", sql`(${table.state} = 'due') = (${table.nextAttemptAt} is not null)`),
  ],
);

/** One request to an endpoint and what came back. Rows are added and never changed. */
export const eventAttempts = pgTable(
  "event_attempts",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    /** Who had it sent: a person's id, or `worker`. */
    actor: text("actor").notNull(),
    /** Where it went: the address of the endpoint then, and the host's number that was checked and used. */
    url: text("url").notNull(),
    host: text("host"),
    /** The signed headers as sent: seconds since 1970, and one signature per key. */
    timestamp: integer("timestamp").notNull(),
    signature: text("signature").notNull(),
    /** `delivered`, or why it is not; see lib/domain/events. */
    outcome: text("outcome").notNull(),
    httpStatus: integer("http_status"),
    /** Its beginning. */
    answerText: text("answer_text"),
    /** The platform's code of a broken connection, such as `ECONNREFUSED`. */
    reason: text("reason"),
    durationMs: integer("duration_ms").notNull(),
    startedAt: instant("started_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "event_attempts_delivery",
      columns: [table.merchantId, table.deliveryId],
      foreignColumns: [eventDeliveries.merchantId, eventDeliveries.id],
    }),
    index("event_attempts_of_delivery").on(table.merchantId, table.deliveryId, table.id),
  ],
);
