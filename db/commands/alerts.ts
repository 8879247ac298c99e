import type { Sql } from "postgres";
import type { AlertFacts, AlertLimits, AlertRule } from "@/lib/domain/alerts";
import type { Environment } from "@/lib/domain/environment";
import { type AlertId, EventId, newId } from "@/lib/domain/ids";

/** An open alert as the watch sees it. */
export type OpenAlert = {
  merchantId: string;
  id: string;
  rule: AlertRule;
  credentialId: string;
  subject: string;
  facts: AlertFacts;
  /** How long ago it was last found to be so. */
  secondsUnseen: number;
};

export async function readOpenAlerts(sql: Sql, environment: Environment): Promise<OpenAlert[]> {
  return await sql<OpenAlert[]>`
    select a.merchant_id as "merchantId", a.id, a.rule, a.credential_id as "credentialId", a.subject, a.facts,
      extract(epoch from now() - a.seen_at)::int as "secondsUnseen"
    from merchants m join alerts a on a.merchant_id = m.merchant_id
    where m.environment = ${environment} and a.closed_at is null`;
}

/** What other systems hear of an alert, beside what the row itself says. */
export type AlertWords = { cause: string; url: string };

export type NewAlert = Omit<OpenAlert, "id" | "secondsUnseen"> & { id: AlertId } & AlertWords;

/**
 * Opens an alert and keeps its event in the same statement, when an endpoint in use wants it.
 *
 * @returns whether this call opened it; not when one of its rule and subject is open already
 */
export async function openAlert(sql: Sql, { merchantId, id, rule, credentialId, subject, facts, ...words }: NewAlert) {
  const rows = await sql`
    with told as (
      insert into alerts (merchant_id, id, rule, credential_id, subject, facts)
      values (${merchantId}::uuid, ${id}::uuid, ${rule}, ${credentialId}::uuid, ${subject}::uuid,
        ${JSON.stringify(facts)}::jsonb)
      on conflict (merchant_id, rule, subject) where closed_at is null do nothing
      returning *
    ), kept as (${eventOf(sql, "alert.opened", merchantId, words)})
    select id from told`;
  return rows.length === 1;
}

/** Notes that it is still so, and with which numbers. */
export async function keepAlertOpen(
  sql: Sql,
  { merchantId, id }: Pick<OpenAlert, "merchantId" | "id">,
  facts: AlertFacts,
): Promise<void> {
  await sql`
    update alerts set seen_at = now(), facts = ${JSON.stringify(facts)}::jsonb
    where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and closed_at is null`;
}

/** Returns whether this call closed it. */
export async function closeAlert(
  sql: Sql,
  { merchantId, id }: Pick<OpenAlert, "merchantId" | "id">,
  words: AlertWords,
): Promise<boolean> {
  const rows = await sql`
    with told as (
      update alerts set closed_at = now()
      where merchant_id = ${merchantId}::uuid and id = ${id}::uuid and closed_at is null
      returning *
    ), kept as (${eventOf(sql, "alert.closed", merchantId, words)})
    select id from told`;
  return rows.length === 1;
}

/** The limits of one rule in an environment. */
export async function setAlertLimits(
  sql: Sql,
  { environment, rule, isActive, least, minutes }: { environment: Environment; rule: AlertRule } & AlertLimits,
): Promise<void> {
  await sql`
    insert into alert_rules (environment, rule, is_active, least, minutes)
    values (${environment}, ${rule}, ${isActive}::boolean, ${least}::int, ${minutes}::int)
    on conflict (environment, rule) do update set
      is_active = excluded.is_active, least = excluded.least, minutes = excluded.minutes, changed_at = now()`;
}

/** Reads the relation `told`. */
function eventOf(sql: Sql, type: "alert.opened" | "alert.closed", merchantId: string, { cause, url }: AlertWords) {
  return sql`
    insert into events (merchant_id, id, type, payload)
    select told.merchant_id, ${newId(EventId)}::uuid, ${type}, jsonb_build_object(
      'environment', m.environment, 'mchNo', m.mch_no,
      'alert', jsonb_build_object(
        'id', told.id, 'rule', told.rule, 'credentialId', told.credential_id, 'subject', told.subject,
        'facts', told.facts, 'openedAt', told.opened_at, 'closedAt', told.closed_at,
        'cause', ${cause}::text, 'url', ${url}::text))
    from told join merchants m on m.merchant_id = told.merchant_id
    where exists (
      select 1 from event_endpoints e
      where e.merchant_id = ${merchantId}::uuid and e.is_active
        and (e.event_types = '{}' or ${type} = any(e.event_types)))
    returning id`;
}
