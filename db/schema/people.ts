import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Someone who may sign in. `password_hash` is empty until an invitation has been accepted. */
export const people = pgTable(
  "people",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: text("role", { enum: ["support", "operator", "admin"] }).notNull(),
    passwordHash: text("password_hash"),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("people_email").on(table.email)],
);

/** A signed-in browser. Looked up on every request, so that revoking acts at once. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    address: text("address"),
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (table) => [index("sessions_of_person").on(table.personId)],
);

/** A link that lets a new person choose a password, once. Only the hash of its token is kept. */
export const invitations = pgTable("invitations", {
  tokenHash: text("token_hash").primaryKey(),
  personId: uuid("person_id")
    .notNull()
    .references(() => people.id),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** What may be done so often within a window: failed attempts per account and per address, uses of stored secrets per person. */
export const signInLimits = pgTable("sign_in_limits", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  windowEndsAt: instant("window_ends_at").notNull(),
});

/** Who did what to what. Rows are added and never changed. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: uuid("id").primaryKey(),
    at: instant("at").notNull().defaultNow(),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    environment: text("environment", { enum: ["test", "production"] }),
    subject: text("subject").notNull(),
    details: jsonb("details").$type<Record<string, string | number | boolean | null>>().notNull(),
    address: text("address"),
  },
  (table) => [index("audit_entries_newest").on(table.at, table.id)],
);
