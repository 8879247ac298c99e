import type { Sql } from "postgres";
import type {
  CredentialId,
  MchOrderNo,
  MchRefundNo,
  MerchantId,
  PaymentId,
  PersonId,
  RefundId,
} from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import { answerIsDueAfterMs, personOf } from "./payments";

export type RefundIntent = {
  id: RefundId;
  paymentId: PaymentId;
  mchRefundNo: MchRefundNo;
  amount: number;
  reason: string;
  note: string | null;
  /** How long it can be stopped before it is sent. */
  holdSeconds: number;
  origin: "console" | "plan";
  approvedBy: PersonId | null;
};

export type ReservedRefund =
  | { outcome: "reserved"; id: RefundId }
  /** The same number, payment and sum as before: a double click. */
  | { outcome: "repeated"; id: RefundId }
  | { outcome: "number-taken" | "one-unclear" | "exceeds-rest" };

/**
 * Does `work` again when the other click of a double click stored the same refund number a moment earlier: by then its
 * row can be seen. The failed statement ended its transaction, so this stands around the transaction.
 */
export async function seeingTheFasterClick<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (brokenConstraint(error) !== "refunds_mch_refund_no") throw error;
    return work();
  });
}

/**
 * Stores a refund and takes its money from what may still be refunded, in one statement: the row's lock and the
 * table's checks decide between two people, not our code. While a refund of the payment is unclear no other is taken.
 * Call it within `seeingTheFasterClick`.
 */
export async function reserveRefund(
  sql: Sql,
  merchantId: MerchantId,
  intent: RefundIntent,
  actor: string,
): Promise<ReservedRefund> {
  const rows = await sql<{ id: string | null; sameId: string | null; isTaken: boolean; isUnclear: boolean }[]>`
    with known as (
      select id, payment_id = ${intent.paymentId}::uuid and amount = ${intent.amount}::bigint as is_same from refunds
      where merchant_id = ${merchantId}::uuid and mch_refund_no = ${intent.mchRefundNo}
    ),
    unclear as (
      select 1 from refunds
      where merchant_id = ${merchantId}::uuid and payment_id = ${intent.paymentId}::uuid and state = 'unclear'
    ),
    reserved as (
      update payments set reserved_amount = reserved_amount + ${intent.amount}::bigint, changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${intent.paymentId}::uuid and state = 'paid'
        and reserved_amount + ${intent.amount}::bigint <= amount
        and not exists (select 1 from known) and not exists (select 1 from unclear)
      returning id, credential_id, currency
    ),
    stored as (
      insert into refunds (
        merchant_id, id, payment_id, credential_id, mch_refund_no, amount, currency, reason, note, state,
        next_ask_at, held_until, origin, approved_by, created_by
      )
      select ${merchantId}::uuid, ${intent.id}::uuid, id, credential_id, ${intent.mchRefundNo},
        ${intent.amount}::bigint, currency, ${intent.reason}, ${intent.note}::text, 'prepared',
        now() + make_interval(secs => ${Math.max(intent.holdSeconds, sendingIsDueAfterMs / 1000)}::int),
        ${intent.holdSeconds > 0 ? sql`now() + make_interval(secs => ${intent.holdSeconds}::int)` : null},
        ${intent.origin}, ${intent.approvedBy}::uuid, ${personOf(actor)}::uuid
      from reserved
      returning id, payment_id, currency
    ),
    noted as (
      insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, to_state, actor, details)
      select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, id, 'act', 'prepared', ${actor}::text,
        jsonb_build_object('act', 'refund', 'amount', ${intent.amount}::bigint, 'currency', currency,
          'reason', ${intent.reason}::text, 'note', ${intent.note}::text, 'number', ${intent.mchRefundNo}::text,
          'approvedBy', ${intent.approvedBy}::text)
      from stored
      returning id
    )
    select (select id from stored) as "id", (select id from known where is_same) as "sameId",
      exists (select 1 from known) as "isTaken", exists (select 1 from unclear) as "isUnclear"`;
  const row = rows[0];
  if (!row) throw new Error("Reserving a refund gave no row.");
  if (row.id) return { outcome: "reserved", id: intent.id };
  if (row.sameId) return { outcome: "repeated", id: row.sameId as RefundId };
  if (row.isTaken) return { outcome: "number-taken" };
  // Under a lock held by the faster click, the rest may have looked too small for its own twin.
  const same = await readSameRefund(sql, merchantId, intent);
  if (same.outcome === "repeated") return same;
  return { outcome: row.isUnclear ? "one-unclear" : "exceeds-rest" };
}

/** After this, a refund that its maker did not send himself is sent by the worker. */
const sendingIsDueAfterMs = 5_000;

async function readSameRefund(sql: Sql, merchantId: MerchantId, intent: RefundIntent): Promise<ReservedRefund> {
  const rows = await sql<{ id: string; paymentId: string; amount: string }[]>`
    select id, payment_id as "paymentId", amount from refunds
    where merchant_id = ${merchantId}::uuid and mch_refund_no = ${intent.mchRefundNo}`;
  const row = rows[0];
  const isSame = row?.paymentId === intent.paymentId && Number(row.amount) === intent.amount;
  return row && isSame ? { outcome: "repeated", id: row.id as RefundId } : { outcome: "number-taken" };
}

function brokenConstraint(error: unknown): string | null {
  if (error instanceof Error && "code" in error && error.code === "23505" && "constraint_name" in error) {
    return String(error.constraint_name);
  }
  return null;
}

/**
 * Claims a refund for sending: `claimed` for one caller only, and only from the state that caller saw, so that two
 * workers never send the same refund at once.
 *
 * @returns `waits` while another refund of the payment is in flight, for then the gateway would refuse this one;
 *          `not-now` when somebody else has it, it was stopped, or it is still held
 */
export async function markRefundSent(
  sql: Sql,
  {
    merchantId,
    refundId,
    sendCount,
  }: { merchantId: MerchantId; refundId: RefundId /** as last read */; sendCount: number },
): Promise<"claimed" | "waits" | "not-now"> {
  try {
    const rows = await sql`
      update refunds set state = case when state = 'prepared' then 'sent' else state end, sent_at = now(),
        send_count = send_count + 1, next_ask_at = now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int)
      where merchant_id = ${merchantId}::uuid and id = ${refundId}::uuid and send_count = ${sendCount}::int
        and state in ('prepared', 'sent', 'unclear') and (held_until is null or held_until <= now())
      returning id`;
    return rows.length === 1 ? "claimed" : "not-now";
  } catch (error) {
    if (brokenConstraint(error) !== "refunds_one_in_flight") throw error;
    await sql`
      update refunds set next_ask_at = now() + interval '30 seconds'
      where merchant_id = ${merchantId}::uuid and id = ${refundId}::uuid and state = 'prepared'`;
    return "waits";
  }
}

/**
 * Takes a refund back before anything was sent, and gives its money free.
 *
 * @returns whether it was still in time
 */
export async function stopRefund(
  sql: Sql,
  { merchantId, refundId, actor }: { merchantId: MerchantId; refundId: RefundId; actor: string },
): Promise<boolean> {
  const rows = await sql`
    with stopped as (
      update refunds set state = 'stopped', next_ask_at = null, changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${refundId}::uuid and state = 'prepared' and send_count = 0
      returning id, payment_id, amount, currency
    ),
    freed as (
      update payments set reserved_amount = greatest(payments.refunded_amount, payments.reserved_amount - stopped.amount),
        changed_at = now()
      from stopped
      where payments.merchant_id = ${merchantId}::uuid and payments.id = stopped.payment_id
      returning payments.id
    )
    insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, from_state, to_state, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, id, 'change', 'prepared', 'stopped',
      ${actor}::text,
      jsonb_build_object('subject', 'refund', 'by', 'us', 'amount', amount, 'currency', currency,
        'errCode', null, 'errMsg', null)
    from stopped
    returning id`;
  return rows.length === 1;
}

/** Back into the queue: the gateway said for certain that it takes no refund of this payment right now. */
export async function requeueRefund(
  sql: Sql,
  { merchantId, refundId, errMsg }: { merchantId: MerchantId; refundId: RefundId; errMsg: string },
): Promise<void> {
  await sql`
    with requeued as (
      update refunds set state = 'prepared', next_ask_at = now() + interval '60 seconds', err_msg = ${errMsg}::text,
        changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${refundId}::uuid and state = 'sent'
      returning id, payment_id, amount, currency
    )
    insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, from_state, to_state, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, id, 'change', 'sent', 'prepared', 'gateway',
      jsonb_build_object('subject', 'refund', 'by', 'answer', 'amount', amount, 'currency', currency,
        'errCode', null, 'errMsg', ${errMsg}::text)
    from requeued`;
}

/** The refund of a payment that the gateway has heard of and not ended, if any. There is one at most. */
export async function readRefundInFlight(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  paymentId: PaymentId,
): Promise<RefundId | null> {
  const rows = await sql<{ id: RefundId }[]>`
    select id from refunds
    where merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[]) and payment_id = ${paymentId}::uuid
      and state in ('sent', 'unclear', 'pending')
    limit 1`;
  return rows[0]?.id ?? null;
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
  heldUntil: Date | null;
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
      refunds.state, held_until as "heldUntil", send_count as "sendCount", refunds.ask_count as "askCount", refunds.sent_at as "sentAt",
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
    heldUntil: row.heldUntil === null ? null : new Date(row.heldUntil),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt),
    createdAt: new Date(row.createdAt),
    now: new Date(row.now),
  };
}

type Raw = string | Date;

type Stored = Omit<RefundForActing, "amount" | "heldUntil" | "sentAt" | "createdAt" | "now"> & {
  amount: string;
  heldUntil: Raw | null;
  sentAt: Raw | null;
  createdAt: Raw;
  now: Raw;
};
