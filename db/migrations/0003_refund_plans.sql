CREATE TABLE "refund_plan_budgets" (
	"merchant_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"budget" bigint NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "refund_plan_budgets_merchant_id_plan_id_currency_pk" PRIMARY KEY("merchant_id","plan_id","currency"),
	CONSTRAINT "refund_plan_budgets_kept" CHECK ("refund_plan_budgets"."spent" between 0 and "refund_plan_budgets"."budget")
);
--> statement-breakpoint
CREATE TABLE "refund_plan_lines" (
	"merchant_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"typed_number" text COLLATE "C" NOT NULL,
	"typed_amount" text NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"mch_refund_no" text COLLATE "C" NOT NULL,
	"payment_id" uuid,
	"amount" bigint,
	"currency" text,
	"verdict" text,
	"why" text,
	"is_confirmed" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"refund_id" uuid,
	"request_id" uuid,
	"problem" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "refund_plan_lines_merchant_id_plan_id_line_no_pk" PRIMARY KEY("merchant_id","plan_id","line_no"),
	CONSTRAINT "refund_plan_lines_amount" CHECK ("refund_plan_lines"."amount" > 0),
	CONSTRAINT "refund_plan_lines_made" CHECK (("refund_plan_lines"."state" = 'made') = ("refund_plan_lines"."refund_id" is not null)),
	CONSTRAINT "refund_plan_lines_requested" CHECK (("refund_plan_lines"."state" = 'requested') = ("refund_plan_lines"."request_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "refund_plans" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"line_count" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"rehearsed_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"stop_reason" text,
	"stopped_by" uuid,
	"next_run_at" timestamp (3) with time zone,
	"claim" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_plans_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "refund_plans_runs" CHECK (("refund_plans"."state" = 'running') = ("refund_plans"."next_run_at" is not null)),
	CONSTRAINT "refund_plans_size" CHECK ("refund_plans"."line_count" between 1 and 1000)
);
--> statement-breakpoint
ALTER TABLE "refund_plan_budgets" ADD CONSTRAINT "refund_plan_budgets_plan" FOREIGN KEY ("merchant_id","plan_id") REFERENCES "public"."refund_plans"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_plan_lines" ADD CONSTRAINT "refund_plan_lines_plan" FOREIGN KEY ("merchant_id","plan_id") REFERENCES "public"."refund_plans"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_plan_lines" ADD CONSTRAINT "refund_plan_lines_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refund_plan_lines_number" ON "refund_plan_lines" USING btree ("merchant_id","mch_refund_no");--> statement-breakpoint
CREATE INDEX "refund_plan_lines_of_payment" ON "refund_plan_lines" USING btree ("merchant_id","payment_id");--> statement-breakpoint
CREATE INDEX "refund_plans_newest" ON "refund_plans" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "refund_plans_due" ON "refund_plans" USING btree ("next_run_at") WHERE "refund_plans"."next_run_at" is not null;