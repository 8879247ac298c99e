CREATE TABLE "cancels" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"state" text NOT NULL,
	"err_code" text,
	"err_msg" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cancels_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "credential_secrets" (
	"merchant_id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"fingerprint" text NOT NULL,
	"last_four" text NOT NULL,
	"length" integer NOT NULL,
	"stage" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credential_secrets_merchant_id_credential_id_version_pk" PRIMARY KEY("merchant_id","credential_id","version")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text NOT NULL,
	"base_url" text NOT NULL,
	"app_id" text COLLATE "C" NOT NULL,
	"encoding" text DEFAULT 'json' NOT NULL,
	"way_codes" text[] NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"refund_query" text DEFAULT 'unknown' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credentials_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "gateway_calls" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"secret_version" integer NOT NULL,
	"operation" text NOT NULL,
	"url" text NOT NULL,
	"encoding" text NOT NULL,
	"payment_id" uuid,
	"refund_id" uuid,
	"request_fields" jsonb NOT NULL,
	"signed_text" text NOT NULL,
	"sent_sign" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"http_status" integer,
	"content_type" text,
	"answer_text" text,
	"verification" text NOT NULL,
	"code" text,
	"msg" text,
	"outcome" text NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gateway_calls_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "merchants" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"environment" text NOT NULL,
	"mch_no" text COLLATE "C" NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "merchants_environment_mch_no" UNIQUE("environment","mch_no")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"content_type" text,
	"query" text NOT NULL,
	"body" "bytea" NOT NULL,
	"headers" jsonb NOT NULL,
	"source_address" text,
	"dedup" "bytea" NOT NULL,
	"authenticity" text NOT NULL,
	"verdict" text NOT NULL,
	"fields" jsonb,
	"signed_text" text,
	"secret_version" integer,
	"order_no" text COLLATE "C",
	"gateway_state" integer,
	"payment_id" uuid,
	"refund_id" uuid,
	"effect" text,
	"deliveries" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"mch_order_no" text COLLATE "C" NOT NULL,
	"pay_order_id" text COLLATE "C",
	"channel_order_no" text COLLATE "C",
	"way_code" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"client_ip" text,
	"notify_url" text,
	"return_url" text,
	"expired_time_seconds" integer NOT NULL,
	"channel_extra" text,
	"ext_param" text,
	"state" text NOT NULL,
	"gateway_state" integer,
	"attention" text,
	"proven_by" text,
	"pay_data_type" text,
	"pay_data" text,
	"err_code" text,
	"err_msg" text,
	"refunded_amount" bigint DEFAULT 0 NOT NULL,
	"reserved_amount" bigint DEFAULT 0 NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"close_asked_at" timestamp (3) with time zone,
	"is_adopted" boolean DEFAULT false NOT NULL,
	"next_ask_at" timestamp (3) with time zone,
	"ask_count" integer DEFAULT 0 NOT NULL,
	"last_asked_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payments_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount" > 0),
	CONSTRAINT "payments_reserved" CHECK ("payments"."reserved_amount" between 0 and "payments"."amount"),
	CONSTRAINT "payments_refunded" CHECK ("payments"."refunded_amount" between 0 and "payments"."reserved_amount")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"environment" text,
	"subject" text NOT NULL,
	"details" jsonb NOT NULL,
	"address" text
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"mch_refund_no" text COLLATE "C" NOT NULL,
	"refund_order_id" text COLLATE "C",
	"channel_order_no" text COLLATE "C",
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"state" text NOT NULL,
	"gateway_state" integer,
	"attention" text,
	"proven_by" text,
	"err_code" text,
	"err_msg" text,
	"succeeded_at" timestamp (3) with time zone,
	"next_ask_at" timestamp (3) with time zone,
	"ask_count" integer DEFAULT 0 NOT NULL,
	"last_asked_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"send_count" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "timeline_entries" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"refund_id" uuid,
	"kind" text NOT NULL,
	"from_state" text,
	"to_state" text,
	"actor" text NOT NULL,
	"call_id" uuid,
	"notification_id" uuid,
	"details" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "timeline_entries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "cancels" ADD CONSTRAINT "cancels_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD CONSTRAINT "credential_secrets_credential" FOREIGN KEY ("merchant_id","credential_id") REFERENCES "public"."credentials"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_merchant_id_merchants_merchant_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_calls" ADD CONSTRAINT "gateway_calls_credential" FOREIGN KEY ("merchant_id","credential_id") REFERENCES "public"."credentials"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_calls" ADD CONSTRAINT "gateway_calls_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_credential" FOREIGN KEY ("merchant_id","credential_id") REFERENCES "public"."credentials"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_credential" FOREIGN KEY ("merchant_id","credential_id") REFERENCES "public"."credentials"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_payment" FOREIGN KEY ("merchant_id","payment_id") REFERENCES "public"."payments"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_refund" FOREIGN KEY ("merchant_id","refund_id") REFERENCES "public"."refunds"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cancels_one_open" ON "cancels" USING btree ("merchant_id","payment_id") WHERE "cancels"."state" = 'sent';--> statement-breakpoint
CREATE UNIQUE INDEX "credential_secrets_one_current" ON "credential_secrets" USING btree ("merchant_id","credential_id") WHERE "credential_secrets"."stage" = 'current';--> statement-breakpoint
CREATE INDEX "credentials_by_id" ON "credentials" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_app" ON "credentials" USING btree ("merchant_id","app_id","base_url");--> statement-breakpoint
CREATE INDEX "gateway_calls_newest" ON "gateway_calls" USING btree ("merchant_id","recorded_at","id");--> statement-breakpoint
CREATE INDEX "gateway_calls_of_payment" ON "gateway_calls" USING btree ("merchant_id","payment_id") WHERE "gateway_calls"."payment_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_dedup" ON "notifications" USING btree ("merchant_id","credential_id","dedup");--> statement-breakpoint
CREATE INDEX "notifications_newest" ON "notifications" USING btree ("merchant_id","received_at","id");--> statement-breakpoint
CREATE INDEX "notifications_of_payment" ON "notifications" USING btree ("merchant_id","payment_id") WHERE "notifications"."payment_id" is not null;--> statement-breakpoint
CREATE INDEX "notifications_unproven" ON "notifications" USING btree ("merchant_id","credential_id","received_at") WHERE "notifications"."authenticity" <> 'valid';--> statement-breakpoint
CREATE UNIQUE INDEX "payments_mch_order_no" ON "payments" USING btree ("merchant_id","mch_order_no");--> statement-breakpoint
CREATE INDEX "payments_pay_order_id" ON "payments" USING btree ("merchant_id","pay_order_id") WHERE "payments"."pay_order_id" is not null;--> statement-breakpoint
CREATE INDEX "payments_channel_order_no" ON "payments" USING btree ("merchant_id","channel_order_no") WHERE "payments"."channel_order_no" is not null;--> statement-breakpoint
CREATE INDEX "payments_newest" ON "payments" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "payments_by_amount" ON "payments" USING btree ("merchant_id","amount","id");--> statement-breakpoint
CREATE INDEX "payments_due" ON "payments" USING btree ("next_ask_at") WHERE "payments"."next_ask_at" is not null;--> statement-breakpoint
CREATE INDEX "payments_exceptional" ON "payments" USING btree ("merchant_id","state","created_at","id") WHERE "payments"."state" not in ('paid', 'closed');--> statement-breakpoint
CREATE INDEX "payments_attention" ON "payments" USING btree ("merchant_id","created_at","id") WHERE "payments"."attention" is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_newest" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree ("email");--> statement-breakpoint
CREATE INDEX "sessions_of_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_mch_refund_no" ON "refunds" USING btree ("merchant_id","mch_refund_no");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_one_open" ON "refunds" USING btree ("merchant_id","payment_id") WHERE "refunds"."state" in ('prepared', 'sent', 'unclear', 'pending');--> statement-breakpoint
CREATE INDEX "refunds_of_payment" ON "refunds" USING btree ("merchant_id","payment_id");--> statement-breakpoint
CREATE INDEX "refunds_refund_order_id" ON "refunds" USING btree ("merchant_id","refund_order_id") WHERE "refunds"."refund_order_id" is not null;--> statement-breakpoint
CREATE INDEX "refunds_channel_order_no" ON "refunds" USING btree ("merchant_id","channel_order_no") WHERE "refunds"."channel_order_no" is not null;--> statement-breakpoint
CREATE INDEX "refunds_newest" ON "refunds" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "refunds_by_amount" ON "refunds" USING btree ("merchant_id","amount","id");--> statement-breakpoint
CREATE INDEX "refunds_due" ON "refunds" USING btree ("next_ask_at") WHERE "refunds"."next_ask_at" is not null;--> statement-breakpoint
CREATE INDEX "timeline_entries_of_payment" ON "timeline_entries" USING btree ("merchant_id","payment_id","id");