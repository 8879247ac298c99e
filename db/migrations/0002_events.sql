CREATE TABLE "event_attempts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"url" text NOT NULL,
	"host" text,
	"timestamp" integer NOT NULL,
	"signature" text NOT NULL,
	"outcome" text NOT NULL,
	"http_status" integer,
	"answer_text" text,
	"reason" text,
	"duration_ms" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "event_attempts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_deliveries" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"claim" uuid,
	"last_outcome" text,
	"last_status" integer,
	"delivered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_deliveries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "event_deliveries_plan" CHECK (("event_deliveries"."state" = 'due') = ("event_deliveries"."next_attempt_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "event_endpoints" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text NOT NULL,
	"url" text NOT NULL,
	"event_types" text[] NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"stopped_because" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_endpoints_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "event_secrets" (
	"merchant_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"fingerprint" text NOT NULL,
	"last_four" text NOT NULL,
	"length" integer NOT NULL,
	"stage" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_secrets_merchant_id_endpoint_id_version_pk" PRIMARY KEY("merchant_id","endpoint_id","version")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"payment_id" uuid,
	"refund_id" uuid,
	"payload" jsonb NOT NULL,
	"is_new" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "event_attempts" ADD CONSTRAINT "event_attempts_delivery" FOREIGN KEY ("merchant_id","delivery_id") REFERENCES "public"."event_deliveries"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_deliveries" ADD CONSTRAINT "event_deliveries_event" FOREIGN KEY ("merchant_id","event_id") REFERENCES "public"."events"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_deliveries" ADD CONSTRAINT "event_deliveries_endpoint" FOREIGN KEY ("merchant_id","endpoint_id") REFERENCES "public"."event_endpoints"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_endpoints" ADD CONSTRAINT "event_endpoints_merchant_id_merchants_merchant_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_secrets" ADD CONSTRAINT "event_secrets_endpoint" FOREIGN KEY ("merchant_id","endpoint_id") REFERENCES "public"."event_endpoints"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_refund" FOREIGN KEY ("merchant_id","refund_id") REFERENCES "public"."refunds"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_attempts_of_delivery" ON "event_attempts" USING btree ("merchant_id","delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_deliveries_once" ON "event_deliveries" USING btree ("merchant_id","event_id","endpoint_id");--> statement-breakpoint
CREATE INDEX "event_deliveries_due" ON "event_deliveries" USING btree ("merchant_id","endpoint_id","next_attempt_at") WHERE "event_deliveries"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "event_deliveries_newest" ON "event_deliveries" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "event_endpoints_active" ON "event_endpoints" USING btree ("merchant_id") WHERE "event_endpoints"."is_active";--> statement-breakpoint
CREATE UNIQUE INDEX "event_secrets_one_current" ON "event_secrets" USING btree ("merchant_id","endpoint_id") WHERE "event_secrets"."stage" = 'current';--> statement-breakpoint
CREATE INDEX "events_new" ON "events" USING btree ("created_at") WHERE "events"."is_new";--> statement-breakpoint
CREATE INDEX "events_of_payment" ON "events" USING btree ("merchant_id","payment_id") WHERE "events"."payment_id" is not null;