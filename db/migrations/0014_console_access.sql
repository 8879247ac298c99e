CREATE TABLE "console_access" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"console_addresses" text[] NOT NULL,
	"settings_addresses" text[] NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "console_access_only" CHECK ("console_access"."is_only")
);
