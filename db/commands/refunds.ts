import type { Sql } from "postgres";
import type { CredentialId, MchOrderNo, MchRefundNo, MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import { answerIsDueAfterMs, personOf } from "./payments";

export type RefundIntent = {
  id: RefundId;
  paymentId: PaymentId;
  mchRefundNo: MchRefundNo;
  amount: number;
  reason: string;
  note: string | null;
};

export type ReservedRefund =
  | { outcome: "reserved"; id: RefundId }
  /** The same number, payment and sum as before: a double click. */
  | { outcome: "repeated"; id: RefundId }
  | { outcome: "number-taken" | "one-under-way" | "exceeds-rest" };

/**
 * Stores a refund and takes its money from what may still be refunded, in one statement: the row's lock and the
 * table's checks decide between two people, not our code.
 */
export async function reserveRefund(
  sql: Sql,
  merchantId: MerchantId,
  intent: RefundIntent,
  actor: string,
): Promise<ReservedRefund> {
  const before = await readSameRefund(sql, merchantId, intent);
  if (before) return before;
  try {
    const rows = await sql`
      with reserved as (
        update payments set reserved_amount = reserved_amount + ${intent.amount}::bigint, changed_at = now()
        where merchant_id = ${merchantId}::uuid and id = ${intent.paymentId}::uuid and state = 'paid'
          and reserved_amount + ${intent.amount}::bigint <= amount
        returning id, credential_id, currency
      ),
      stored as (
        insert into refunds (
          merchant_id, id, payment_id, credential_id, mch_refund_no, amount, currency, reason, note, state,
          next_ask_at, created_by
        )
        select ${merchantId}::uuid, ${intent.id}::uuid, id, credential_id, ${intent.mchRefundNo},
          ${intent.amount}::bigint, currency, ${intent.reason}, ${intent.note}::text, 'prepared',
          now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int), ${personOf(actor)}::uuid
        from reserved
        returning id, payment_id, currency
      )
      insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, to_state, actor, details)
      select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, id, 'act', 'prepared', ${actor}::text,
        jsonb_build_object('act', 'refund', 'amount', ${intent.amount}::bigint, 'currency', currency,
          'reason', ${intent.reason}::text, 'note', ${intent.note}::text, 'number', ${intent.mchRefundNo}::text)
      from stored
      returning id`;
    if (rows.length === 1) return { outcome: "reserved", id: intent.id };
    return (await readSameRefund(sql, merchantId, intent)) ?? { outcome: "exceeds-rest" };
  } catch (error) {
    const broken = brokenConstraint(error);
    // The other click of a double click may have been a moment faster.
    const same = broken === null ? null : await readSameRefund(sql, merchantId, intent);
    if (same) return same;
    if (broken === "refunds_one_open") return { outcome: "one-under-way" };
    throw error;
  }
}

async function readSameRefund(sql: Sql, merchantId: MerchantId, intent: RefundIntent): Promise<ReservedRefund | null> {
  const rows = await sql<{ id: string; paymentId: string; amount: string }[]>`
    select id, payment_id as "paymentId", amount from refunds
    where merchant_id = ${merchantId}::uuid and mch_refund_no = ${intent.mchRefundNo}`;
  const row = rows[0];
  if (!row) return null;
  const isSame = row.paymentId === intent.paymentId && Number(row.amount) === intent.amount;
  return isSame ? { outcome: "repeated", id: row.id as RefundId } : { outcome: "number-taken" };
}

function brokenConstraint(error: unknown): string | null {
  if (error instanceof Error && "code" in error && error.code === "23505" && "constraint_name" in error) {
    return String(error.constraint_name);
  }
  return null;
}

/**
 * Claims a refund for sending: true for one caller only, and only from the state that caller saw, so that two workers
 * never send the same refund at once.
 */
export async function markRefundSent(
  sql: Sql,
  {
    merchantId,
    refundId,
    sendCount,
  }: { merchantId: MerchantId; refundId: RefundId /** as last read */; sendCount: number },
): Promise<boolean> {
  const rows = await sql`
    update refunds set state = case when state = 'prepared' then 'sent' else state end, sent_at = now(),
      send_count = send_count + 1, next_ask_at = now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int)
    where merchant_id = ${merchantId}::uuid and id = ${refundId}::uuid and send_count = ${sendCount}::int
      and state in ('prepared', 'sent', 'unclear')
    returning id`;
  return rows.length === 1;
}

export type RefundForActing = {
  merchantId: MerchantId;
  id: RefundId;
  paymentId: PaymentId;
  credentialId: CredentialId;
  mchRefundNo: MchRefundNo;
  refundOrderId: string | null;
  mchOrderNo: MchOrderNo;
  payOrderId: string | null;
  amount: number;
  currency: string;
  reason: string;
  state: string;
  sendCount: number;
  askCount: number;
  sentAt: Date | null;
  createdAt: Date;
  now: Date;
};

export async function readRefundForActing(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  refundId: RefundId,
): Promise<RefundForActing | null> {
  const rows = await sql<Stored[]>`
    select refunds.merchant_id as "merchantId", refunds.id, payment_id as "paymentId",
      refunds.credential_id as "credentialId", mch_refund_no as "mchRefundNo", refund_order_id as "refundOrderId",
      mch_order_no as "mchOrderNo", pay_order_id as "payOrderId", refunds.amount, refunds.currency, reason,
      refunds.state, send_count as "sendCount", refunds.ask_count as "askCount", refunds.sent_at as "sentAt",
      refunds.created_at as "createdAt", now() as now
    from refunds
    join payments on payments.merchant_id = refunds.merchant_id and payments.id = refunds.payment_id
    where refunds.merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[])
      and refunds.id = ${refundId}::uuid`;
  const row = rows[0];
  if (!row) return null;
  return {
    ...row,
    amount: Number(row.amount),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt),
    createdAt: new Date(row.createdAt),
    now: new Date(row.now),
  };
}

type Raw = string | Date;

type Stored = Omit<RefundForActing, "amount" | "sentAt" | "createdAt" | "now"> & {
  amount: string;
  sentAt: Raw | null;
  createdAt: Raw;
  now: Raw;
};
