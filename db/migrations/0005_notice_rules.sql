CREATE TABLE "reprocessings" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"seen_id" uuid,
	"looked" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"moved" integer DEFAULT 0 NOT NULL,
	"asked" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"started_by" uuid NOT NULL,
	"stopped_by" uuid,
	"next_run_at" timestamp (3) with time zone,
	"claim" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "reprocessings_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "reprocessings_runs" CHECK (("reprocessings"."state" = 'running') = ("reprocessings"."next_run_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "payments_alone_up_to" bigint DEFAULT 1000000;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "refunds_alone_up_to" bigint DEFAULT 0;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "is_held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "tries" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "rejudged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reprocessings" ADD CONSTRAINT "reprocessings_merchant_id_merchants_merchant_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reprocessings_due" ON "reprocessings" USING btree ("next_run_at") WHERE "reprocessings"."next_run_at" is not null;--> statement-breakpoint
CREATE INDEX "notifications_of_order" ON "notifications" USING btree ("merchant_id","order_no") WHERE "notifications"."order_no" is not null;--> statement-breakpoint
CREATE INDEX "notifications_unsettled" ON "notifications" USING btree ("merchant_id","received_at","id") WHERE "notifications"."verdict" <> 'valid';--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_alone" CHECK ("credentials"."payments_alone_up_to" >= 0 and "credentials"."refunds_alone_up_to" >= 0);