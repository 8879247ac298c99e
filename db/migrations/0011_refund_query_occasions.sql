ALTER TABLE "credentials" ADD COLUMN "refund_query_absences" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "refund_query_absent_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "refund_query_absent_at" timestamp (3) with time zone;--> statement-breakpoint
-- One 404 was enough for these; they are found missing again if it was right.
UPDATE "credentials" SET "refund_query" = 'unknown' WHERE "refund_query" = 'missing';--> statement-breakpoint
UPDATE "reprocessings" SET "state" = 'stopped', "next_run_at" = NULL, "claim" = NULL, "ended_at" = now()
WHERE "state" = 'running' AND "id" <> (
	SELECT "newest"."id" FROM "reprocessings" AS "newest"
	WHERE "newest"."merchant_id" = "reprocessings"."merchant_id" AND "newest"."state" = 'running'
	ORDER BY "newest"."created_at" DESC, "newest"."id" DESC LIMIT 1
);--> statement-breakpoint
CREATE UNIQUE INDEX "reprocessings_one_open" ON "reprocessings" USING btree ("merchant_id") WHERE "reprocessings"."state" = 'running';