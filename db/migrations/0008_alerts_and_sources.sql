CREATE TABLE "alert_rules" (
	"environment" text NOT NULL,
	"rule" text NOT NULL,
	"is_active" boolean NOT NULL,
	"least" integer NOT NULL,
	"minutes" integer NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_rules_environment_rule_pk" PRIMARY KEY("environment","rule"),
	CONSTRAINT "alert_rules_limits" CHECK ("alert_rules"."least" between 1 and 10000 and "alert_rules"."minutes" between 1 and 1440)
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule" text NOT NULL,
	"credential_id" uuid NOT NULL,
	"subject" uuid NOT NULL,
	"facts" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "alerts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "console_access" (
	"area" text PRIMARY KEY NOT NULL,
	"addresses" text[] NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "source_mode" text DEFAULT 'learn' NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "source_addresses" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_credential" FOREIGN KEY ("merchant_id","credential_id") REFERENCES "public"."credentials"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_one_open" ON "alerts" USING btree ("merchant_id","rule","subject") WHERE "alerts"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_newest" ON "alerts" USING btree ("merchant_id","opened_at","id");--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_sources" CHECK ("credentials"."source_mode" = 'learn' or cardinality("credentials"."source_addresses") > 0);