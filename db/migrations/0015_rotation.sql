ALTER TABLE "credential_secrets" ADD COLUMN "probe" text;--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD COLUMN "probed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD COLUMN "promoted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD COLUMN "is_self_promoted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD COLUMN "ending" text;--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
-- Until now a secret signed from the moment in which it was stored.
UPDATE "credential_secrets" SET "promoted_at" = "created_at";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "retire_calls" integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "retire_notifications" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "retire_quiet_minutes" integer DEFAULT 60 NOT NULL;--> statement-breakpoint
ALTER TABLE "gateway_calls" ADD COLUMN "answer_secret_version" integer;--> statement-breakpoint
CREATE UNIQUE INDEX "credential_secrets_one_pending" ON "credential_secrets" USING btree ("merchant_id","credential_id") WHERE "credential_secrets"."stage" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "credential_secrets_one_previous" ON "credential_secrets" USING btree ("merchant_id","credential_id") WHERE "credential_secrets"."stage" = 'previous';--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_retire" CHECK ("credentials"."retire_calls" between 1 and 1000 and "credentials"."retire_notifications" between 0 and 1000
        and "credentials"."retire_quiet_minutes" between 0 and 1440);
