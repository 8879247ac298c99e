import type { Sql } from "postgres";
import type { MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";

export type DuePayment = { kind: "payment"; merchantId: MerchantId; id: PaymentId };
export type DueRefund = { kind: "refund"; merchantId: MerchantId; id: RefundId; paymentId: PaymentId };

/** How long a claim lasts: longer than any question takes. A worker that died is made up for after it. */
export const leaseMs = 60_000;

/**
 * Claims up to `limit` payments and as many refunds whose question is due.
 *
 * Looks first and then moves each row's time from the value seen: of several workers one gets the row, no lock is held
 * while the gateway is asked, and it works on databases that cannot skip locked rows across merchants. Among those of one
 * instant the id decides, so that a simulated day repeats wherever its rows lie on the disk.
 */
export async function claimDue(sql: Sql, limit: number): Promise<(DuePayment | DueRefund)[]> {
  const seen = await sql<{ kind: "payment" | "refund"; merchantId: string; id: string; nextAskAt: string | Date }[]>`
    (select 'payment' as kind, merchant_id as "merchantId", id, next_ask_at as "nextAskAt" from payments
      where next_ask_at <= now() order by next_ask_at, id limit ${limit}::int)
    union all
    (select 'refund', merchant_id, id, next_ask_at from refunds
      where next_ask_at <= now() order by next_ask_at, id limit ${limit}::int)`;
  const claimed: (DuePayment | DueRefund)[] = [];
  for (const row of seen) {
    const seenAt = new Date(row.nextAskAt).toISOString();
    const lease = sql`now() + make_interval(secs => ${leaseMs / 1000}::int)`;
    const rows =
      row.kind === "payment"
        ? await sql<{ paymentId: string }[]>`
            update payments set next_ask_at = ${lease}
            where merchant_id = ${row.merchantId}::uuid and id = ${row.id}::uuid and next_ask_at = ${seenAt}::timestamptz
            returning id as "paymentId"`
        : await sql<{ paymentId: string }[]>`
            update refunds set next_ask_at = ${lease}
            where merchant_id = ${row.merchantId}::uuid and id = ${row.id}::uuid and next_ask_at = ${seenAt}::timestamptz
            returning payment_id as "paymentId"`;
    const won = rows[0];
    if (!won) continue;
    const merchantId = row.merchantId as MerchantId;
    const paymentId = won.paymentId as PaymentId;
    if (row.kind === "payment") claimed.push({ kind: "payment", merchantId, id: paymentId });
    else claimed.push({ kind: "refund", merchantId, id: row.id as RefundId, paymentId });
  }
  return claimed;
}
