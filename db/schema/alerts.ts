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
import { instant, merchantId } from "./columns";
import { credentials } from "./credentials";

/** Something that a person should look at, from when it began until it ended. See lib/domain/alerts. */
export const alerts = pgTable(
  "alerts",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    rule: text("rule").notNull(),
    credentialId: uuid("credential_id").notNull(),
    /** What it is about: the credential's id, or the refund's. */
    subject: uuid("subject").notNull(),
    /** What was counted, and the limits that held, when it was last seen. */
    facts: jsonb("facts").$type<Record<string, string | number>>().notNull(),
    openedAt: instant("opened_at").notNull().defaultNow(),
    /** When it was last found to be so. */
    seenAt: instant("seen_at").notNull().defaultNow(),
    closedAt: instant("closed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "alerts_credential",
      columns: [table.merchantId, table.credentialId],
      foreignColumns: [credentials.merchantId, credentials.id],
    }),
    uniqueIndex("alerts_one_open")
      .on(table.merchantId, table.rule, table.subject)
      .where(sql`${table.closedAt} is null`),
    index("alerts_newest").on(table.merchantId, table.openedAt, table.id),
  ],
);

/** When an alert of a rule opens in an environment. No row: as `lib/domain/alerts` says. */
export const alertRules = pgTable(
  "alert_rules",
  {
    environment: text("environment", { enum: ["test", "production"] }).notNull(),
    rule: text("rule").notNull(),
    isActive: boolean("is_active").notNull(),
    least: integer("least").notNull(),
    minutes: integer("minutes").notNull(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.environment, table.rule] }),
    check("alert_rules_limits", sql`${table.least} between 1 and 10000 and ${table.minutes} between 1 and 1440`),
  ],
);
