import type { Sql } from "postgres";
import type { CredentialId, MchOrderNo, MerchantId, PaymentId } from "@/lib/domain/ids";

/** What a rehearsal needs to know of a payment. Sums in minor units. */
export type RehearsedPayment = {
  /** The number by which it was found: ours or the gateway's. */
  number: string;
  id: PaymentId;
  credentialId: CredentialId;
  mchOrderNo: MchOrderNo;
  payOrderId: string | null;
  state: string;
  amount: number;
  currency: string;
  refundedAmount: number;
  reservedAmount: number;
  /** What was held before anything was taken; null for a payment that was never a hold. */
  heldAmount: number | null;
  paidAt: Date | null;
  openRefund: "none" | "under-way" | "unclear";
  hasOpenCancel: boolean;
};

type Stored = Omit<RehearsedPayment, "amount" | "refundedAmount" | "reservedAmount" | "heldAmount" | "paidAt"> & {
  amount: string;
  refundedAmount: string;
  reservedAmount: string;
  heldAmount: string | null;
  paidAt: string | null;
};

/** The payments of one merchant that have one of these numbers, as ours or as the gateway's. One look for all of them. */
export async function readPaymentsByNumbers(
  sql: Sql,
  merchantId: MerchantId,
  numbers: readonly string[],
): Promise<RehearsedPayment[]> {
  const rows = await sql<Stored[]>`
    with typed as (
      select distinct value as number from jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb)
    ),
    found as (
      select typed.number, payments.id
      from typed join payments on payments.merchant_id = ${merchantId}::uuid and payments.mch_order_no = typed.number
      union
      select typed.number, payments.id
      from typed join payments on payments.merchant_id = ${merchantId}::uuid and payments.pay_order_id = typed.number
    )
    select found.number, payments.id, credential_id as "credentialId", mch_order_no as "mchOrderNo",
      pay_order_id as "payOrderId", state, amount, currency, refunded_amount as "refundedAmount",
      reserved_amount as "reservedAmount", held_amount as "heldAmount", paid_at as "paidAt",
      (
        select case when bool_or(refunds.state = 'unclear') then 'unclear' when count(*) > 0 then 'under-way' else 'none' end
        from refunds
        where refunds.merchant_id = payments.merchant_id and refunds.payment_id = payments.id
          and refunds.state in ('prepared', 'sent', 'unclear', 'pending')
      ) as "openRefund",
      exists (
        select 1 from cancels
        where cancels.merchant_id = payments.merchant_id and cancels.payment_id = payments.id and cancels.state = 'sent'
      ) as "hasOpenCancel"
    from found join payments on payments.merchant_id = ${merchantId}::uuid and payments.id = found.id`;
  return rows.map((row) => ({
    ...row,
    amount: Number(row.amount),
    refundedAmount: Number(row.refundedAmount),
    reservedAmount: Number(row.reservedAmount),
    heldAmount: row.heldAmount === null ? null : Number(row.heldAmount),
    paidAt: row.paidAt === null ? null : new Date(row.paidAt),
  }));
}
