import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** From which addresses people may use the console, and its settings. No row, or an empty list: from everywhere. */
export const consoleAccess = pgTable("console_access", {
  area: text("area", { enum: ["console", "settings"] }).primaryKey(),
  /** Addresses and ranges in CIDR form. */
  addresses: text("addresses").array().notNull(),
  changedAt: instant("changed_at").notNull().defaultNow(),
});
