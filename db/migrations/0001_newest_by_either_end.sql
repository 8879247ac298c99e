DROP INDEX "gateway_calls_newest";--> statement-breakpoint
DROP INDEX "notifications_newest";--> statement-breakpoint
DROP INDEX "notifications_unproven";--> statement-breakpoint
DROP INDEX "payments_newest";--> statement-breakpoint
DROP INDEX "payments_by_amount";--> statement-breakpoint
DROP INDEX "payments_exceptional";--> statement-breakpoint
DROP INDEX "audit_entries_newest";--> statement-breakpoint
DROP INDEX "refunds_newest";--> statement-breakpoint
DROP INDEX "refunds_by_amount";--> statement-breakpoint
CREATE INDEX "gateway_calls_newest" ON "gateway_calls" USING btree ("merchant_id","recorded_at","id");--> statement-breakpoint
CREATE INDEX "notifications_newest" ON "notifications" USING btree ("merchant_id","received_at","id");--> statement-breakpoint
CREATE INDEX "notifications_unproven" ON "notifications" USING btree ("merchant_id","credential_id","received_at") WHERE "notifications"."authenticity" <> 'valid';--> statement-breakpoint
CREATE INDEX "payments_newest" ON "payments" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "payments_by_amount" ON "payments" USING btree ("merchant_id","amount","id");--> statement-breakpoint
CREATE INDEX "payments_exceptional" ON "payments" USING btree ("merchant_id","state","created_at","id") WHERE "payments"."state" not in ('paid', 'closed');--> statement-breakpoint
CREATE INDEX "audit_entries_newest" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "refunds_newest" ON "refunds" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "refunds_by_amount" ON "refunds" USING btree ("merchant_id","amount","id");