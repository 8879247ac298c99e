ALTER TABLE "gateway_calls" ADD COLUMN "composed_by" uuid;--> statement-breakpoint
ALTER TABLE "gateway_calls" ADD COLUMN "sent_body" text;--> statement-breakpoint
ALTER TABLE "gateway_calls" ADD CONSTRAINT "gateway_calls_composed_by_people_id_fk" FOREIGN KEY ("composed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;