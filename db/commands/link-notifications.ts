import type { Sql } from "postgres";
import type { MerchantId, PaymentId } from "@/lib/domain/ids";

/** Ties messages that came before their order was known here to the order. What they said was learned by asking. */
export async function linkNotifications(
  sql: Sql,
  { merchantId, paymentId, orderNo }: { merchantId: MerchantId; paymentId: PaymentId; orderNo: string },
): Promise<void> {
  await sql`
    update notifications set payment_id = ${paymentId}::uuid
    where merchant_id = ${merchantId}::uuid and order_no = ${orderNo} and verdict = 'unknown-order'
      and payment_id is null and kind <> 'refund'`;
}
