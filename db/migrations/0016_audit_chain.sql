CREATE TABLE "audit_seals" (
	"seal_no" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_seals_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "audit_seals_hash" CHECK (octet_length("audit_seals"."hash") = 32 and "audit_seals"."seal_no" > 0)
);
--> statement-breakpoint
CREATE FUNCTION "refuse_change_of_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the audit is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
-- The rights keep an ordinary role out, its owner too. The triggers also keep out whoever has every right by nature.
CREATE TRIGGER "audit_entries_stand" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit"();--> statement-breakpoint
CREATE TRIGGER "audit_seals_stand" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seals"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit"();--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries", "audit_seals" FROM PUBLIC, CURRENT_USER;
