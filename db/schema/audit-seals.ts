import { sql } from "drizzle-orm";
import { bigint, check, pgTable, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/**
 * The chain over the audit, kept beside it so that no entry ever changes: each seal is a hash of the seal before it and
 * of its entry. No foreign key: it would have to lock entries, which takes the right to change them.
 */
export const auditSeals = pgTable(
  "audit_seals",
  {
    /** From 1, without a gap. */
    sealNo: bigint("seal_no", { mode: "number" }).primaryKey(),
    entryId: uuid("entry_id").notNull().unique(),
    hash: bytes("hash").notNull(),
    sealedAt: instant("sealed_at").notNull().defaultNow(),
  },
  (table) => [check("audit_seals_hash", sql`octet_length(${table.hash}) = 32 and ${table.sealNo} > 0`)],
);
