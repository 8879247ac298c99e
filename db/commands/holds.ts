import type { Sql } from "postgres";
import type { HoldActKind, HoldActState, HoldRules } from "@/lib/domain/holds";
import {
  type CredentialId,
  type HoldActId,
  type HoldActNo,
  type MerchantId,
  newId,
  type PaymentId,
  TimelineEntryId,
} from "@/lib/domain/ids";
import { answerIsDueAfterMs, personOf } from "./payments";

export type HoldActIntent = {
  merchantId: MerchantId;
  paymentId: PaymentId;
  id: HoldActId;
  kind: HoldActKind;
  number: HoldActNo;
  /** Minor units; ignored for a release, which always gives everything free. */
  amount: number;
  actor: string;
};

/**
 * Starts the completion or release of a hold. Of several people at once, in whatever tabs, one gets through: only a hold
 * that stands and has nothing under way begins, and the database refuses more than was held. Should the answer never
 * come, the worker asks.
 *
 * @returns whether this call started it
 */
export async function insertHoldAct(sql: Sql, intent: HoldActIntent): Promise<boolean> {
  const { merchantId, paymentId, id, kind, number, amount, actor } = intent;
  const details = { act: `${kind}-hold`, number };
  const rows = await sql`
    with hold as (
      update payments set changed_at = now(),
        next_ask_at = now() + make_interval(secs => ${answerIsDueAfterMs / 1000}::int)
      where merchant_id = ${merchantId}::uuid and id = ${paymentId}::uuid and state = 'held'
        and (${kind} = 'release' or held_amount >= ${amount}::bigint)
        and not exists (
          select 1 from hold_acts
          where hold_acts.merchant_id = payments.merchant_id and hold_acts.payment_id = payments.id
            and hold_acts.state in ('sent', 'unclear', 'succeeded')
        )
      returning id, held_amount, currency
    ),
    stored as (
      insert into hold_acts (merchant_id, id, payment_id, kind, number, amount, held_amount, state, created_by)
      select ${merchantId}::uuid, ${id}::uuid, id, ${kind}, ${number},
        case when ${kind} = 'release' then held_amount else ${amount}::bigint end, held_amount, 'sent',
        ${personOf(actor)}::uuid
      from hold
      on conflict do nothing
      returning payment_id, amount
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, stored.payment_id, 'act', ${actor}::text,
      ${JSON.stringify(details)}::jsonb || jsonb_build_object('amount', stored.amount, 'currency', hold.currency)
    from stored, hold
    returning id`;
  return rows.length === 1;
}

/** Writes down that nobody knows whether an act was carried out. It stays in the way of others until the gateway says. */
export async function markHoldActUnclear(
  sql: Sql,
  { merchantId, id, why }: { merchantId: MerchantId; id: HoldActId; why: string },
): Promise<void> {
  await sql`
    update hold_acts set state = 'unclear', err_msg = ${why}, changed_at = now()
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and state = 'sent'`;
}

/**
 * Ends an act that was not carried out, and lets others begin. Only this one: whoever heard that the hold still stands
 * may have asked before the present act began.
 */
export async function failHoldAct(
  sql: Sql,
  {
    merchantId,
    id,
    errCode,
    errMsg,
  }: { merchantId: MerchantId; id: HoldActId; errCode: string | null; errMsg: string },
): Promise<boolean> {
  const rows = await sql`
    with failed as (
      update hold_acts set state = 'failed', err_code = ${errCode}::text, err_msg = ${errMsg}::text, changed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and state in ('sent', 'unclear')
      returning payment_id, kind
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, from_state, to_state, actor, details)
    select ${merchantId}::uuid, ${newId(TimelineEntryId)}::uuid, payment_id, 'change', 'sent', 'failed', 'gateway',
      jsonb_build_object('subject', failed.kind, 'by', 'us', 'errCode', ${errCode}::text, 'errMsg', ${errMsg}::text)
    from failed
    returning id`;
  return rows.length === 1;
}

export type HoldActFound = {
  id: HoldActId;
  paymentId: PaymentId;
  kind: HoldActKind;
  amount: number;
  state: HoldActState;
  errMsg: string | null;
};

/** The act of a number of ours, whatever became of it. */
export async function findHoldAct(
  sql: Sql,
  { merchantIds, number }: { merchantIds: readonly MerchantId[]; number: HoldActNo },
): Promise<HoldActFound | null> {
  const rows = await sql<(Omit<HoldActFound, "amount"> & { amount: string })[]>`
    select id, payment_id as "paymentId", kind, amount, state, err_msg as "errMsg" from hold_acts
    where merchant_id = any(${merchantIds}::uuid[]) and number = ${number}`;
  const row = rows[0];
  return row ? { ...row, amount: Number(row.amount) } : null;
}

/** Keeps what an admin has entered about the holds of a credential. */
export async function saveHoldRules(
  sql: Sql,
  {
    merchantId,
    credentialId,
    rules,
    actor,
  }: { merchantId: MerchantId; credentialId: CredentialId; rules: HoldRules; actor: string },
): Promise<void> {
  const asJson = (value: object | null) => (value === null ? null : JSON.stringify(value));
  await sql`
    insert into hold_rules (
      merchant_id, credential_id, way_codes, lifetime_hours, held_state, complete, release, changed_by
    ) values (
      ${merchantId}::uuid, ${credentialId}::uuid, string_to_array(${rules.wayCodes.join(",")}, ','),
      ${rules.lifetimeHours}::int, ${rules.heldState}::smallint, ${asJson(rules.complete)}::text::jsonb,
      ${asJson(rules.release)}::text::jsonb, ${personOf(actor)}::uuid
    )
    on conflict (merchant_id, credential_id) do update set
      way_codes = excluded.way_codes, lifetime_hours = excluded.lifetime_hours, held_state = excluded.held_state,
      complete = excluded.complete, release = excluded.release, changed_by = excluded.changed_by, changed_at = now()`;
}
