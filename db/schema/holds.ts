import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { HoldOperation } from "@/lib/domain/holds";
import { instant, merchantId, money, number } from "./columns";
import { credentials } from "./credentials";
import { payments } from "./payments";

/**
 * What the gateway has confirmed about the holds of one application, entered by an admin. The protocol publishes none of
 * it, so without a row here nothing can be completed or released.
 */
export const holdRules = pgTable(
  "hold_rules",
  {
    merchantId: merchantId(),
    credentialId: uuid("credential_id").notNull(),
    /** Ways whose orders only hold money. Others hold when the person says so. */
    wayCodes: text("way_codes").array().notNull(),
    /** How long the gateway keeps a hold; null while nobody has said. */
    lifetimeHours: integer("lifetime_hours"),
    /** The gateway's number for a hold that stands (gateway-protocol 3.2 reads 2). */
    heldState: smallint("held_state").notNull().default(2),
    complete: jsonb("complete").$type<HoldOperation>(),
    release: jsonb("release").$type<HoldOperation>(),
    changedBy: uuid("changed_by"),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.credentialId] }),
    foreignKey({
      name: "hold_rules_credential",
      columns: [table.merchantId, table.credentialId],
      foreignColumns: [credentials.merchantId, credentials.id],
    }),
    check("hold_rules_lifetime", sql`${table.lifetimeHours} > 0`),
  ],
);

/** An attempt to take held money, all or a part of it, or to give it free. */
export const holdActs = pgTable(
  "hold_acts",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    paymentId: uuid("payment_id").notNull(),
    kind: text("kind", { enum: ["complete", "release"] }).notNull(),
    /** Our number for it, stored before the gateway hears of it. */
    number: number("number").notNull(),
    amount: money("amount").notNull(),
    heldAmount: money("held_amount").notNull(),
    /** `sent`: no answer yet; `unclear`: no certain one; the other two are the gateway's word, or that nothing was sent. */
    state: text("state", { enum: ["sent", "unclear", "succeeded", "failed"] }).notNull(),
    errCode: text("err_code"),
    errMsg: text("err_msg"),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "hold_acts_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    uniqueIndex("hold_acts_number").on(table.merchantId, table.number),
    // Of two people at once one gets through, and what may have happened is not tried a second time.
    uniqueIndex("hold_acts_one_open")
      .on(table.merchantId, table.paymentId)
      .where(sql`${table.state} in ('sent', 'unclear')`),
    // A hold ends once.
    uniqueIndex("hold_acts_one_done").on(table.merchantId, table.paymentId).where(sql`${table.state} = 'succeeded'`),
    check("hold_acts_amount", sql`${table.amount} between 1 and ${table.heldAmount}`),
  ],
);
