import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant, number } from "./columns";

/** One merchant number in one environment: the root of all business data. */
export const merchants = pgTable(
  "merchants",
  {
    merchantId: uuid("merchant_id").primaryKey(),
    environment: text("environment", { enum: ["test", "production"] }).notNull(),
    mchNo: number("mch_no").notNull(),
    label: text("label").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [unique("merchants_environment_mch_no").on(table.environment, table.mchNo)],
);
