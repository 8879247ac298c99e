import type { Sql } from "postgres";
import { type MerchantId, newId, type PaymentId, type RefundId, TimelineEntryId } from "@/lib/domain/ids";
import { type CallRow, callEntries, insertCall } from "./evidence";
import { part, run } from "./part";

/** What a call is about, and who asked for it: a person's id or `worker`. */
export type CallSubject = { paymentId: PaymentId | null; refundId: RefundId | null; actor: string };

/**
 * Keeps a call that brings no news of its own: a question that only tests a key, or a request that was refused for its
 * signature and went out again under another one. Where it is about a payment it is in its timeline as well.
 */
export async function keepCall(sql: Sql, merchantId: MerchantId, call: CallRow, subject: CallSubject): Promise<void> {
  const { paymentId, refundId, actor } = subject;
  const kept = insertCall(merchantId, call, { paymentId, refundId });
  if (paymentId === null) {
    await run(sql, kept);
    return;
  }
  const id = () => newId(TimelineEntryId);
  const entries = callEntries({ by: "answer", call, actor }, { first: id(), second: id(), third: id(), fourth: id() });
  await run(
    sql,
    part`
    with call as (${kept}),
    entries (id, kind, from_state, to_state, actor, call_id, notification_id, details, at) as (${entries})
    insert into timeline_entries (
      merchant_id, payment_id, refund_id, id, kind, from_state, to_state, actor, call_id, notification_id, details, at
    )
    select ${merchantId}::uuid, ${paymentId}::uuid, ${refundId}::uuid, entries.* from entries`,
  );
}
