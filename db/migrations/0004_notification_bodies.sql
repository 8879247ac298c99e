CREATE TABLE "notification_bodies" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"content_type" text,
	"query" text NOT NULL,
	"body" "bytea" NOT NULL,
	"headers" jsonb NOT NULL,
	"own_names" jsonb,
	CONSTRAINT "notification_bodies_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "notification_bodies_default" PARTITION OF "notification_bodies" DEFAULT;
--> statement-breakpoint
CREATE TABLE "notification_retention" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"months" integer NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_retention_only" CHECK ("notification_retention"."is_only"),
	CONSTRAINT "notification_retention_months" CHECK ("notification_retention"."months" between 1 and 120)
);
--> statement-breakpoint
INSERT INTO "notification_bodies" ("merchant_id", "id", "content_type", "query", "body", "headers")
SELECT "merchant_id", "id", "content_type", "query", "body", "headers" FROM "notifications";--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "content_type";--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "query";--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "body";--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "headers";--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "fields";--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "signed_text";