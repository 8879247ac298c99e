import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** From which addresses people may use the console, and its settings. No row, and an empty list: from everywhere. */
export const consoleAccess = pgTable(
  "console_access",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    consoleAddresses: text("console_addresses").array().notNull(),
    settingsAddresses: text("settings_addresses").array().notNull(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [check("console_access_only", sql`${table.isOnly}`)],
);
