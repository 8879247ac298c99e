CREATE TABLE "refund_days" (
	"environment" text NOT NULL,
	"person_id" uuid NOT NULL,
	"day" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "refund_days_environment_person_id_day_currency_pk" PRIMARY KEY("environment","person_id","day","currency")
);
--> statement-breakpoint
CREATE TABLE "refund_limits" (
	"environment" text NOT NULL,
	"role" text NOT NULL,
	"currency" text NOT NULL,
	"per_refund" bigint,
	"per_day" bigint,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_limits_environment_role_currency_pk" PRIMARY KEY("environment","role","currency"),
	CONSTRAINT "refund_limits_positive" CHECK ("refund_limits"."per_refund" >= 0 and "refund_limits"."per_day" >= 0)
);
--> statement-breakpoint
CREATE TABLE "refund_requests" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"mch_refund_no" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"because" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"requested_by" uuid NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text,
	"refund_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_requests_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "refund_requests_amount" CHECK ("refund_requests"."amount" > 0),
	CONSTRAINT "refund_requests_second_person" CHECK ("refund_requests"."state" <> 'approved' or coalesce("refund_requests"."decided_by" <> "refund_requests"."requested_by", false))
);
--> statement-breakpoint
CREATE TABLE "refund_rules" (
	"environment" text PRIMARY KEY NOT NULL,
	"hold_seconds" integer NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_rules_hold" CHECK ("refund_rules"."hold_seconds" between 0 and 300)
);
--> statement-breakpoint
DROP INDEX "refunds_one_open";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "origin" text DEFAULT 'console' NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "refund_days" ADD CONSTRAINT "refund_days_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refund_requests_number" ON "refund_requests" USING btree ("merchant_id","mch_refund_no");--> statement-breakpoint
CREATE INDEX "refund_requests_of_payment" ON "refund_requests" USING btree ("merchant_id","payment_id");--> statement-breakpoint
CREATE INDEX "refund_requests_newest" ON "refund_requests" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "refund_requests_open" ON "refund_requests" USING btree ("merchant_id","created_at","id") WHERE "refund_requests"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_one_in_flight" ON "refunds" USING btree ("merchant_id","payment_id") WHERE "refunds"."state" in ('sent', 'unclear', 'pending');