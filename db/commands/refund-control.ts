import type { Sql } from "postgres";
import type { Environment } from "@/lib/domain/environment";
import type { MchRefundNo, MerchantId, PaymentId, PersonId, RefundId, RefundRequestId } from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import type { RefundLimit } from "@/lib/domain/refund-rules";

/** Sets how long refunds of an environment can be stopped before they are sent. */
export async function setHoldSeconds(sql: Sql, environment: Environment, holdSeconds: number): Promise<void> {
  await sql`
    insert into refund_rules (environment, hold_seconds) values (${environment}, ${holdSeconds}::int)
    on conflict (environment) do update set hold_seconds = excluded.hold_seconds, changed_at = now()`;
}

/** Sets up to which sums a role refunds alone in a currency; both `null` takes the limit away. */
export async function setRefundLimit(sql: Sql, environment: Environment, limit: RefundLimit): Promise<void> {
  if (limit.perRefund === null && limit.perDay === null) {
    await sql`
      delete from refund_limits
      where environment = ${environment} and role = ${limit.role} and currency = ${limit.currency}`;
    return;
  }
  await sql`
    insert into refund_limits (environment, role, currency, per_refund, per_day)
    values (${environment}, ${limit.role}, ${limit.currency}, ${limit.perRefund}::bigint, ${limit.perDay}::bigint)
    on conflict (environment, role, currency) do update set
      per_refund = excluded.per_refund, per_day = excluded.per_day, changed_at = now()`;
}

/**
 * Counts a refund against its maker's day, if the day's allowance still has room for it.
 *
 * @param perDay  `null`: without a limit; the day is counted all the same
 * @returns whether it fits
 */
export async function spendDay(
  sql: Sql,
  spent: { environment: Environment; personId: PersonId; day: string; currency: string; amount: number },
  perDay: number | null,
): Promise<boolean> {
  if (perDay !== null && spent.amount > perDay) return false;
  const rows = await sql`
    insert into refund_days (environment, person_id, day, currency, amount)
    values (${spent.environment}, ${spent.personId}::uuid, ${spent.day}, ${spent.currency}, ${spent.amount}::bigint)
    on conflict (environment, person_id, day, currency) do update set amount = refund_days.amount + excluded.amount
      where ${perDay}::bigint is null or refund_days.amount + excluded.amount <= ${perDay}::bigint
    returning amount`;
  return rows.length === 1;
}

export type RefundRequestIntent = {
  id: RefundRequestId;
  paymentId: PaymentId;
  mchRefundNo: MchRefundNo;
  amount: number;
  reason: string;
  note: string | null;
  because: string;
};

/**
 * Stores a request for a second person.
 *
 * @returns the id of the request with this number: a repeated click gives the first one's
 */
export async function insertRefundRequest(
  sql: Sql,
  merchantId: MerchantId,
  intent: RefundRequestIntent,
  personId: PersonId,
): Promise<RefundRequestId | null> {
  const rows = await sql<{ id: string }[]>`
    with stored as (
      insert into refund_requests (
        merchant_id, id, payment_id, mch_refund_no, amount, currency, reason, note, because, requested_by
      )
      select ${merchantId}::uuid, ${intent.id}::uuid, id, ${intent.mchRefundNo}, ${intent.amount}::bigint, currency,
        ${intent.reason}, ${intent.note}::text, ${intent.because}, ${personId}::uuid
      from payments where merchant_id = ${merchantId}::uuid and id = ${intent.paymentId}::uuid
      on conflict (merchant_id, mch_refund_no) do nothing
      returning id, payment_id
    ),
    noted as (
      insert into timeline_entries (merchant_id, id, payment_id, kind, actor, details)
      select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, 'act', ${personId}::text,
        ${JSON.stringify({ act: "request-refund", amount: intent.amount, reason: intent.reason, note: intent.note, number: intent.mchRefundNo, requestId: intent.id })}::jsonb
      from stored
      returning id
    )
    select id from stored
    union all
    select id from refund_requests
    where merchant_id = ${merchantId}::uuid and mch_refund_no = ${intent.mchRefundNo}
      and payment_id = ${intent.paymentId}::uuid and amount = ${intent.amount}::bigint`;
  return (rows[0]?.id ?? null) as RefundRequestId | null;
}

export type RefundRequestForActing = {
  merchantId: MerchantId;
  id: RefundRequestId;
  paymentId: PaymentId;
  mchRefundNo: MchRefundNo;
  amount: number;
  currency: string;
  reason: string;
  note: string | null;
  revision: number;
  state: "open" | "approved" | "declined" | "withdrawn";
  requestedBy: PersonId;
  /** The maker's rights as they are now. */
  maker: { role: string; isActive: boolean; name: string };
};

export async function readRefundRequest(
  sql: Sql,
  merchantIds: readonly MerchantId[],
  id: RefundRequestId,
): Promise<RefundRequestForActing | null> {
  const rows = await sql<
    (Omit<RefundRequestForActing, "amount" | "maker"> & {
      amount: string;
      makerRole: string;
      makerIsActive: boolean;
      makerName: string;
    })[]
  >`
    select merchant_id as "merchantId", refund_requests.id, payment_id as "paymentId", mch_refund_no as "mchRefundNo",
      amount, currency, reason, note, revision, state, requested_by as "requestedBy", people.role as "makerRole",
      people.is_active as "makerIsActive", people.name as "makerName"
    from refund_requests join people on people.id = refund_requests.requested_by
    where merchant_id = any(string_to_array(${merchantIds.join(",")}, ',')::uuid[]) and refund_requests.id = ${id}::uuid`;
  const row = rows[0];
  if (!row) return null;
  const { makerRole, makerIsActive, makerName, ...request } = row;
  return {
    ...request,
    amount: Number(row.amount),
    maker: { role: makerRole, isActive: makerIsActive, name: makerName },
  };
}

/** Changes an open request. Whoever looked at it before has to look again. Only its maker may, by `personId`. */
export async function editRefundRequest(
  sql: Sql,
  {
    merchantId,
    id,
    personId,
    revision,
  }: { merchantId: MerchantId; id: RefundRequestId; personId: PersonId; revision: number },
  change: { amount: number; reason: string; note: string | null },
): Promise<boolean> {
  const rows = await sql`
    with edited as (
      update refund_requests set amount = ${change.amount}::bigint, reason = ${change.reason}, note = ${change.note}::text,
        revision = revision + 1, changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and state = 'open' and revision = ${revision}::int
        and requested_by = ${personId}::uuid
      returning payment_id, amount, currency, mch_refund_no
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, 'act', ${personId}::text,
      jsonb_build_object('act', 'edited-refund', 'amount', amount, 'currency', currency, 'number', mch_refund_no,
        'requestId', ${id}::text)
    from edited
    returning id`;
  return rows.length === 1;
}

/**
 * Decides an open request as it was seen. An approval by its own maker is refused here as well as by the table.
 *
 * @returns whether this call decided it: not when it was edited, decided or withdrawn in between
 */
export async function decideRefundRequest(
  sql: Sql,
  {
    merchantId,
    id,
    revision,
    personId,
    to,
    note,
    refundId,
  }: {
    merchantId: MerchantId;
    id: RefundRequestId;
    revision: number;
    personId: PersonId;
    to: "approved" | "declined" | "withdrawn";
    note: string | null;
    refundId: RefundId | null;
  },
): Promise<boolean> {
  const rows = await sql`
    with decided as (
      update refund_requests set state = ${to}, decided_by = ${personId}::uuid, decided_at = now(),
        decision_note = ${note}::text, refund_id = ${refundId}::uuid, changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and state = 'open' and revision = ${revision}::int
        and (${to} <> 'approved' or requested_by <> ${personId}::uuid)
        and (${to} <> 'withdrawn' or requested_by = ${personId}::uuid)
      returning payment_id, amount, currency, mch_refund_no
    )
    insert into timeline_entries (merchant_id, id, payment_id, refund_id, kind, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, ${refundId}::uuid, 'act', ${personId}::text,
      jsonb_build_object('act', ${`${to}-refund`}::text, 'amount', amount, 'currency', currency, 'note', ${note}::text,
        'number', mch_refund_no, 'requestId', ${id}::text)
    from decided
    returning id`;
  return rows.length === 1;
}
