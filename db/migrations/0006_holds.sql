CREATE TABLE "hold_acts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	"held_amount" bigint NOT NULL,
	"state" text NOT NULL,
	"err_code" text,
	"err_msg" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hold_acts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "hold_acts_amount" CHECK ("hold_acts"."amount" between 1 and "hold_acts"."held_amount")
);
--> statement-breakpoint
CREATE TABLE "hold_rules" (
	"merchant_id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"way_codes" text[] NOT NULL,
	"lifetime_hours" integer,
	"held_state" smallint DEFAULT 2 NOT NULL,
	"complete" jsonb,
	"release" jsonb,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hold_rules_merchant_id_credential_id_pk" PRIMARY KEY("merchant_id","credential_id"),
	CONSTRAINT "hold_rules_lifetime" CHECK ("hold_rules"."lifetime_hours" > 0)
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "held_amount" bigint;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "hold_acts" ADD CONSTRAINT "hold_acts_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hold_rules" ADD CONSTRAINT "hold_rules_credential" FOREIGN KEY ("merchant_id","credential_id") REFERENCES "public"."credentials"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "hold_acts_number" ON "hold_acts" USING btree ("merchant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "hold_acts_one_open" ON "hold_acts" USING btree ("merchant_id","payment_id") WHERE "hold_acts"."state" in ('sent', 'unclear');--> statement-breakpoint
CREATE UNIQUE INDEX "hold_acts_one_done" ON "hold_acts" USING btree ("merchant_id","payment_id") WHERE "hold_acts"."state" = 'succeeded';--> statement-breakpoint
CREATE INDEX "payments_holds" ON "payments" USING btree ("merchant_id","created_at","id") WHERE "payments"."held_amount" is not null;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_held" CHECK ("payments"."held_amount" is null or "payments"."amount" <= "payments"."held_amount");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_held_unpaid" CHECK ("payments"."state" <> 'held' or "payments"."held_amount" is not null and "payments"."paid_at" is null and "payments"."reserved_amount" = 0);