CREATE TABLE "audit_seals" (
	"seal_no" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_seals_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "audit_seals_hash" CHECK (octet_length("audit_seals"."hash") = 32 and "audit_seals"."seal_no" > 0)
);
--> statement-breakpoint
-- Its owner too: whoever comes by the console's own way to the database can add to the audit and read it.
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries", "audit_seals" FROM PUBLIC, CURRENT_USER;
