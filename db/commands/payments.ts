import type { Sql } from "postgres";
import type { HoldActKind } from "@/lib/domain/holds";
import type { CancelId, CredentialId, HoldActId, MchOrderNo, MerchantId, PaymentId } from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import type { TimelineDetails } from "@/lib/domain/timeline";

/** A payment as it is meant, before the gateway hears of it. Card numbers and bar codes are masked. */
export type PaymentIntent = {
  id: PaymentId;
  credentialId: CredentialId;
  mchOrderNo: MchOrderNo;
  wayCode: string;
  amount: number;
  currency: string;
  subject: string;
  body: string;
  clientIp: string | null;
  notifyUrl: string | null;
  returnUrl: string | null;
  expiredTimeSeconds: number;
  channelExtra: string | null;
  extParam: string | null;
  isAdopted: boolean;
  /** The amount is only held, and taken later or given free. */
  isHold?: boolean;
};

/** How long we wait for the answer to a request before the worker takes over, in milliseconds. */
export const answerIsDueAfterMs = 30_000;

/**
 * Stores an intent with its first timeline entry.
 *
 * @returns `isNew: false` with the id of the payment that has this number already, when there is one
 */
export async function insertPaymentIntent(
  sql: Sql,
  merchantId: MerchantId,
  intent: PaymentIntent,
  by: { actor: string; details: TimelineDetails },
): Promise<{ id: PaymentId; isNew: boolean }> {
  const rows = await sql<{ id: string; isNew: boolean }[]>`
    with stored as (
      insert into payments (
        merchant_id, id, credential_id, mch_order_no, way_code, amount, currency, subject, body, client_ip, notify_url,
        return_url, expired_time_seconds, channel_extra, ext_param, state, expires_at, next_ask_at, sent_at, created_by,
        is_adopted, held_amount
      ) values (
        ${merchantId}::uuid, ${intent.id}::uuid, ${intent.credentialId}::uuid, ${intent.mchOrderNo}, ${intent.wayCode},
        ${intent.amount}::bigint, ${intent.currency}, ${intent.subject}, ${intent.body}, ${intent.clientIp}::text,
        ${intent.notifyUrl}::text, ${intent.returnUrl}::text, ${intent.expiredTimeSeconds}::int,
        ${intent.channelExtra}::text, ${intent.extParam}::text, 'prepared',
        now() + make_interval(secs => ${intent.expiredTimeSeconds}::int),
        now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int), now(), ${personOf(by.actor)}::uuid,
        ${intent.isAdopted}::boolean, ${intent.isHold ? intent.amount : null}::bigint
      )
      on conflict (merchant_id, mch_order_no) do nothing
      returning id
    ),
    noted as (
      insert into timeline_entries (merchant_id, id, payment_id, kind, to_state, actor, details)
      select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, id, 'act', 'prepared', ${by.actor}::text,
        ${JSON.stringify(by.details)}::jsonb
      from stored
      returning id
    )
    select id, true as "isNew" from stored
    union all
    select id, false from payments
    where merchant_id = ${merchantId}::uuid and mch_order_no = ${intent.mchOrderNo}`;
  const row = rows[0];
  if (!row) {
    // Another transaction stored the number between our two looks; a second look sees it.
    return insertPaymentIntent(sql, merchantId, intent, by);
  }
  return { id: row.id as PaymentId, isNew: row.isNew };
}

/** What use cases need to know of a payment to act on it. */
export type PaymentForActing = {
  merchantId: MerchantId;
  id: PaymentId;
  credentialId: CredentialId;
  mchOrderNo: MchOrderNo;
  payOrderId: string | null;
  state: string;
  amount: number;
  currency: string;
  wayCode: string;
  refundedAmount: number;
  reservedAmount: number;
  paidAt: Date | null;
  expiresAt: Date;
  createdAt: Date;
  sentAt: Date | null;
  askCount: number;
  openRefund: "none" | "under-way" | "unclear";
  openCancelId: CancelId | null;
  /** When the open cancel, if any, was started. */
  cancelStartedAt: Date | null;
  /** What was asked to be held; null for what is no hold. */
  heldAmount: number | null;
  openHoldAct: HoldActKind | null;
  openHoldActId: HoldActId | null;
  holdActStartedAt: Date | null;
  /** The database's clock. */
  now: Date;
};

/** Reads a payment of one of the given merchants, with the database's clock beside it. */
export async function readPaymentForActing(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  paymentId: PaymentId,
): Promise<PaymentForActing | null> {
  const rows = await sql<Stored[]>`
    select payments.merchant_id as "merchantId", payments.id, payments.credential_id as "credentialId",
      mch_order_no as "mchOrderNo", pay_order_id as "payOrderId", payments.state, payments.amount, payments.currency,
      way_code as "wayCode", refunded_amount as "refundedAmount", reserved_amount as "reservedAmount",
      paid_at as "paidAt", expires_at as "expiresAt", payments.created_at as "createdAt", payments.sent_at as "sentAt",
      payments.ask_count as "askCount", now() as now,
      (
        select case when bool_or(refunds.state = 'unclear') then 'unclear' when count(*) > 0 then 'under-way' else 'none' end
        from refunds
        where refunds.merchant_id = payments.merchant_id and refunds.payment_id = payments.id
          and refunds.state in ('prepared', 'sent', 'unclear', 'pending')
      ) as "openRefund",
      open_cancel.id as "openCancelId", open_cancel.created_at as "cancelStartedAt",
      payments.held_amount as "heldAmount", act.kind as "openHoldAct", act.id as "openHoldActId",
      act.created_at as "holdActStartedAt"
    from payments
    left join hold_acts as act on act.merchant_id = payments.merchant_id and act.payment_id = payments.id
      and act.state in ('sent', 'unclear')
    left join cancels as open_cancel on open_cancel.merchant_id = payments.merchant_id
      and open_cancel.payment_id = payments.id and open_cancel.state = 'sent'
    where payments.merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[])
      and payments.id = ${paymentId}::uuid`;
  const row = rows[0];
  if (!row) return null;
  return {
    ...row,
    amount: Number(row.amount),
    refundedAmount: Number(row.refundedAmount),
    reservedAmount: Number(row.reservedAmount),
    paidAt: instant(row.paidAt),
    expiresAt: new Date(row.expiresAt),
    createdAt: new Date(row.createdAt),
    sentAt: instant(row.sentAt),
    cancelStartedAt: instant(row.cancelStartedAt),
    heldAmount: row.heldAmount === null ? null : Number(row.heldAmount),
    holdActStartedAt: instant(row.holdActStartedAt),
    now: new Date(row.now),
  };
}

type Raw = string | Date;

type Stored = Omit<
  PaymentForActing,
  | "amount"
  | "refundedAmount"
  | "reservedAmount"
  | "paidAt"
  | "expiresAt"
  | "createdAt"
  | "sentAt"
  | "cancelStartedAt"
  | "heldAmount"
  | "holdActStartedAt"
  | "now"
> & {
  amount: string;
  refundedAmount: string;
  reservedAmount: string;
  paidAt: Raw | null;
  expiresAt: Raw;
  createdAt: Raw;
  sentAt: Raw | null;
  cancelStartedAt: Raw | null;
  heldAmount: string | null;
  holdActStartedAt: Raw | null;
  now: Raw;
};

// With the query builder on the same connection the driver leaves times as text.
function instant(raw: Raw | null): Date | null {
  return raw === null ? null : new Date(raw);
}

/** Remembers that a person asked to close, so that a closed order is not called expired. */
export async function noteCloseAsked(
  sql: Sql,
  merchantId: MerchantId,
  paymentId: PaymentId,
  actor: string,
): Promise<void> {
  await sql`
    with asked as (
      update payments set close_asked_at = coalesce(close_asked_at, now())
      where merchant_id = ${merchantId}::uuid and id = ${paymentId}::uuid
      returning id
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, id, 'act', ${actor}::text, '{"act": "close"}'::jsonb
    from asked`;
}

/** Writes down that somebody did something to a payment or one of its refunds. */
export async function noteAct(
  sql: Sql,
  {
    merchantId,
    paymentId,
    refundId,
    actor,
    details,
  }: {
    merchantId: MerchantId;
    paymentId: PaymentId;
    refundId?: string | null;
    actor: string;
    details: TimelineDetails;
  },
): Promise<void> {
  await sql`
    insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, actor, details)
    values (${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, ${paymentId}::uuid, ${refundId ?? null}::uuid, 'act',
      ${actor}::text, ${JSON.stringify(details)}::jsonb)`;
}

/** The person behind an actor's text, which is a person's id or one of `worker`, `script`, `gateway`. */
export function personOf(actor: string): string | null {
  return /^[0-9a-f-]{36}$/.test(actor) ? actor : null;
}
