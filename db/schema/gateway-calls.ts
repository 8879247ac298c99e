import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, merchantId } from "./columns";
import { credentials } from "./credentials";
import { payments } from "./payments";
import { people } from "./people";

/** Every request we sent and what came back, with secrets, card numbers and bar codes masked. */
export const gatewayCalls = pgTable(
  "gateway_calls",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    credentialId: uuid("credential_id").notNull(),
    /** Which version of the secret signed the request. */
    secretVersion: integer("secret_version").notNull(),
    /** Which one the answer's signature is of; null without a right one. */
    answerSecretVersion: integer("answer_secret_version"),
    operation: text("operation").notNull(),
    url: text("url").notNull(),
    encoding: text("encoding").notNull(),
    paymentId: uuid("payment_id"),
    refundId: uuid("refund_id"),
    requestFields: jsonb("request_fields").$type<Record<string, string>>().notNull(),
    signedText: text("signed_text").notNull(),
    sentSign: text("sent_sign").notNull(),
    startedAt: instant("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    /**
     * Whole microseconds of DNS, connect, TLS, wait and read, null for a step that it did not come to or did not need;
     * of older calls only three, the first for all until there was a connection; null where nothing was measured.
     */
    timingsUs: integer("timings_us").array().$type<(number | null)[]>(),
    httpStatus: integer("http_status"),
    contentType: text("content_type"),
    answerText: text("answer_text"),
    verification: text("verification").notNull(),
    code: text("code"),
    msg: text("msg"),
    /** `ok` or the kind of the failure. */
    outcome: text("outcome").notNull(),
    /** Who wrote it by hand; null for what the product asks by itself. */
    composedBy: uuid("composed_by").references(() => people.id),
    /** The body of a composed one as it was sent, masked: its order, its repetitions, its digits. */
    sentBody: text("sent_body"),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "gateway_calls_credential",
      columns: [table.merchantId, table.credentialId],
      foreignColumns: [credentials.merchantId, credentials.id],
    }),
    foreignKey({
      name: "gateway_calls_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    index("gateway_calls_newest").on(table.merchantId, table.recordedAt, table.id),
    index("gateway_calls_trouble")
      .on(table.merchantId, table.recordedAt, table.id)
      .where(sql`${table.outcome} <> 'ok'`),
    index("gateway_calls_of_payment").on(table.merchantId, table.paymentId).where(sql`${table.paymentId} is not null`),
  ],
);
