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
import { bytes, instant, merchantId, money, number } from "./columns";
import { merchants } from "./merchants";

/** One application of one merchant at one gateway: base URL, application id, and the ways it may be used for. */
export const credentials = pgTable(
  "credentials",
  {
    merchantId: merchantId().references(() => merchants.merchantId),
    id: uuid("id").notNull(),
    label: text("label").notNull(),
    baseUrl: text("base_url").notNull(),
    appId: number("app_id").notNull(),
    encoding: text("encoding", { enum: ["json", "form"] })
      .notNull()
      .default("json"),
    /** Empty: every way code. */
    wayCodes: text("way_codes").array().notNull(),
    isActive: boolean("is_active").notNull().default(true),
    /** Whether refunds can be asked about. A 404 is unsigned, so only repeated ones make it missing; see `noteNoRefundQuery`. */
    refundQuery: text("refund_query", { enum: ["unknown", "available", "missing"] })
      .notNull()
      .default("unknown"),
    /** On how many occasions the refund query was answered with 404, the first and the last of them. */
    refundQueryAbsences: integer("refund_query_absences").notNull().default(0),
    refundQueryAbsentSince: instant("refund_query_absent_since"),
    refundQueryAbsentAt: instant("refund_query_absent_at"),
    /** Up to which amount a notification alone moves a payment or refund; see `lib/domain/notice-rule`. */
    paymentsAloneUpTo: money("payments_alone_up_to").default(1_000_000),
    refundsAloneUpTo: money("refunds_alone_up_to").default(0),
    /** `enforce`: a notification from an address outside of the list is kept and not believed. */
    sourceMode: text("source_mode", { enum: ["learn", "enforce"] })
      .notNull()
      .default("learn"),
    /** Addresses and ranges in CIDR form that notifications come from. */
    sourceAddresses: text("source_addresses").array().notNull().default(sql`'{}'`),
    /** What must have been seen since a promotion before the secret before it is retired; see `lib/domain/rotation`. */
    retireCalls: integer("retire_calls").notNull().default(20),
    retireNotifications: integer("retire_notifications").notNull().default(1),
    retireQuietMinutes: integer("retire_quiet_minutes").notNull().default(60),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    check(
      "credentials_retire",
      sql`${table.retireCalls} between 1 and 1000 and ${table.retireNotifications} between 0 and 1000
        and ${table.retireQuietMinutes} between 0 and 1440`,
    ),
    check("credentials_alone", sql`${table.paymentsAloneUpTo} >= 0 and ${table.refundsAloneUpTo} >= 0`),
    // Enforcing an empty list would refuse everything.
    check("credentials_sources", sql`${table.sourceMode} = 'learn' or cardinality(${table.sourceAddresses}) > 0`),
    // The notify address carries the credential alone.
    index("credentials_by_id").on(table.id),
    uniqueIndex("credentials_app").on(table.merchantId, table.appId, table.baseUrl),
  ],
);

/** A secret, sealed: AES-256-GCM under its own data key, which `MASTER_KEY` wraps. Bound to this very row. */
export const credentialSecrets = pgTable(
  "credential_secrets",
  {
    merchantId: merchantId(),
    credentialId: uuid("credential_id").notNull(),
    version: integer("version").notNull(),
    sealed: bytes("sealed").notNull(),
    wrappedKey: bytes("wrapped_key").notNull(),
    /** First 8 hex digits of the SHA-256: enough to compare with the gateway, too little to find the secret. */
    fingerprint: text("fingerprint").notNull(),
    lastFour: text("last_four").notNull(),
    length: integer("length").notNull(),
    /** `current` signs and verifies, `pending` and `previous` only verify, `retired` does neither. */
    stage: text("stage", { enum: ["pending", "current", "previous", "retired"] }).notNull(),
    /** What the gateway made of it when it was last asked with it, and when that was. */
    probe: text("probe", { enum: ["taken", "refused", "unclear"] }),
    probedAt: instant("probed_at"),
    /** Since when it signs, or when it began to sign last; null for one that never has. */
    promotedAt: instant("promoted_at"),
    /** Nobody promoted it: the gateway refused the one before and took this one. */
    isSelfPromoted: boolean("is_self_promoted").notNull().default(false),
    /** Why it is retired: it never signed, there was proof that nobody signs with it any more, or somebody insisted. */
    ending: text("ending", { enum: ["aborted", "proven", "forced"] }),
    endedAt: instant("ended_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.credentialId, table.version] }),
    foreignKey({
      name: "credential_secrets_credential",
      columns: [table.merchantId, table.credentialId],
      foreignColumns: [credentials.merchantId, credentials.id],
    }),
    uniqueIndex("credential_secrets_one_current")
      .on(table.merchantId, table.credentialId)
      .where(sql`${table.stage} = 'current'`),
    uniqueIndex("credential_secrets_one_pending")
      .on(table.merchantId, table.credentialId)
      .where(sql`${table.stage} = 'pending'`),
    uniqueIndex("credential_secrets_one_previous")
      .on(table.merchantId, table.credentialId)
      .where(sql`${table.stage} = 'previous'`),
  ],
);
