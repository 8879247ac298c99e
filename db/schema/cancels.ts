import { sql } from "drizzle-orm";
import { foreignKey, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, merchantId } from "./columns";
import { payments } from "./payments";

/** An attempt to undo a whole payment on the day it was paid. The payment's own state tells whether it worked. */
export const cancels = pgTable(
  "cancels",
  {
    merchantId: merchantId(),
    id: uuid("id").notNull(),
    paymentId: uuid("payment_id").notNull(),
    /** `sent`: no certain answer yet; `succeeded`: the payment is cancelled; `failed`: the gateway said no. */
    state: text("state", { enum: ["sent", "succeeded", "failed"] }).notNull(),
    errCode: text("err_code"),
    errMsg: text("err_msg"),
    createdBy: uuid("created_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.id] }),
    foreignKey({
      name: "cancels_payment",
      columns: [table.merchantId, table.paymentId],
      foreignColumns: [payments.merchantId, payments.id],
    }),
    uniqueIndex("cancels_one_open").on(table.merchantId, table.paymentId).where(sql`${table.state} = 'sent'`),
  ],
);
