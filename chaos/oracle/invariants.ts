import type { Sql } from "postgres";
import type { Broken } from "../core/campaign";

/**
 * What must hold in the console's own tables after any fault: each statement returns the rows that break its promise.
 * They are written from the promises, and know no code of the product.
 */
const invariants: Readonly<Record<string, string>> = {
  "open and succeeded refunds fit into what is reserved, and that into what was paid": `
    select p.mch_order_no as what, p.amount, p.reserved_amount, p.refunded_amount, sum(r.amount) as held
    from payments p left join refunds r on r.payment_id = p.id and r.state not in ('failed', 'stopped')
    group by p.merchant_id, p.id
    having coalesce(sum(r.amount), 0) > p.reserved_amount or p.reserved_amount > p.amount`,
  "what is called refunded is the sum of the refunds that succeeded": `
    select p.mch_order_no as what, p.refunded_amount, coalesce(sum(r.amount), 0) as succeeded
    from payments p left join refunds r on r.payment_id = p.id and r.state = 'succeeded'
    group by p.merchant_id, p.id having coalesce(sum(r.amount), 0) <> p.refunded_amount`,
  "money is reserved only for a refund or a cancel": `
    select p.mch_order_no as what, p.state, p.reserved_amount, coalesce(sum(r.amount), 0) as held
    from payments p left join refunds r on r.payment_id = p.id and r.state not in ('failed', 'stopped')
    where p.state = 'paid'
      and not exists (select 1 from cancels c where c.payment_id = p.id and c.state = 'sent')
    group by p.merchant_id, p.id having coalesce(sum(r.amount), 0) <> p.reserved_amount`,
  "a payment's state is where its changes lead": fold("payment", "payments", "t.payment_id = s.id"),
  "a refund's state is where its changes lead": fold("refund", "refunds", "t.refund_id = s.id"),
  "no change without the call, the message or the act that caused it": `
    select t.id as what, t.from_state, t.to_state, t.details from timeline_entries t
    where t.kind = 'change' and t.details->>'subject' in ('payment', 'refund')
      -- Only a person takes a refund back, and is named.
      and not (t.to_state = 'stopped' and t.actor ~ '^[0-9a-f-]{36}$')
      and not exists (select 1 from gateway_calls c where c.merchant_id = t.merchant_id and c.id = t.call_id)
      and not exists (select 1 from notifications n where n.merchant_id = t.merchant_id and n.id = t.notification_id)`,
  "only the gateway's signed word, or its plain no, ends a refund": `
    select r.mch_refund_no as what, t.from_state, t.to_state, c.outcome, c.verification, n.authenticity
    from timeline_entries t join refunds r on r.id = t.refund_id join payments p on p.id = r.payment_id
    left join gateway_calls c on c.id = t.call_id left join notifications n on n.id = t.notification_id
    where t.kind = 'change' and t.details->>'subject' = 'refund' and t.to_state in ('succeeded', 'failed')
      and not coalesce(n.authenticity = 'valid', false)
      and not coalesce(c.outcome = 'ok' and c.verification = 'valid', false)
      and not (t.to_state = 'failed' and coalesce(c.outcome in ('refused', 'invalid-request'), false))
      and not (t.to_state = 'succeeded' and coalesce(c.http_status = 404, false) and p.state = 'refunded')`,
  "only the gateway's signed word pays, declines, closes or undoes a payment": `
    select t.payment_id as what, t.from_state, t.to_state, c.outcome, c.verification, n.authenticity
    from timeline_entries t
    left join gateway_calls c on c.id = t.call_id left join notifications n on n.id = t.notification_id
    where t.kind = 'change' and t.details->>'subject' = 'payment'
      and t.to_state in ('created', 'waiting', 'held', 'paid', 'declined', 'closed', 'cancelled', 'refunded')
      and not coalesce(n.authenticity = 'valid', false)
      and not coalesce(c.outcome = 'ok' and c.verification = 'valid', false)`,
  "a state that is proven never goes back": `
    select t.payment_id as what, t.details->>'subject' as subject, t.from_state, t.to_state from timeline_entries t
    where t.kind = 'change' and (
      t.details->>'subject' = 'payment' and (t.from_state, t.to_state) not in (
        values ('prepared', 'unclear'), ('prepared', 'refused'), ('prepared', 'created'), ('prepared', 'waiting'),
          ('prepared', 'paid'), ('prepared', 'declined'), ('prepared', 'cancelled'), ('prepared', 'refunded'),
          ('prepared', 'closed'), ('unclear', 'refused'), ('unclear', 'created'), ('unclear', 'waiting'),
          ('unclear', 'paid'), ('unclear', 'declined'), ('unclear', 'cancelled'), ('unclear', 'refunded'),
          ('unclear', 'closed'), ('refused', 'created'), ('refused', 'waiting'), ('refused', 'paid'),
          ('refused', 'declined'), ('refused', 'cancelled'), ('refused', 'refunded'), ('refused', 'closed'),
          ('created', 'waiting'), ('created', 'paid'), ('created', 'declined'), ('created', 'cancelled'),
          ('created', 'refunded'), ('created', 'closed'), ('waiting', 'paid'), ('waiting', 'declined'),
          ('waiting', 'cancelled'), ('waiting', 'refunded'), ('waiting', 'closed'), ('paid', 'cancelled'),
          ('paid', 'refunded'), ('declined', 'paid'), ('declined', 'cancelled'), ('declined', 'refunded'),
          ('closed', 'paid'), ('closed', 'cancelled'), ('closed', 'refunded'),
          ('prepared', 'held'), ('unclear', 'held'), ('refused', 'held'), ('created', 'held'), ('waiting', 'held'),
          ('declined', 'held'), ('closed', 'held'), ('held', 'paid'), ('held', 'cancelled'))
      or t.details->>'subject' = 'refund' and (t.from_state, t.to_state) not in (
        values ('prepared', 'sent'), ('prepared', 'unclear'), ('prepared', 'pending'), ('prepared', 'succeeded'),
          ('prepared', 'failed'), ('sent', 'unclear'), ('sent', 'pending'), ('sent', 'succeeded'), ('sent', 'failed'),
          ('unclear', 'pending'), ('unclear', 'succeeded'), ('unclear', 'failed'), ('pending', 'succeeded'),
          ('pending', 'failed'), ('failed', 'succeeded'), ('prepared', 'stopped')))`,
  "no two refunds with one number": `
    select mch_refund_no as what, count(*) from refunds group by merchant_id, mch_refund_no having count(*) > 1`,
  "no payment has two refunds at the gateway at once": `
    select payment_id as what, count(*) from refunds where state in ('sent', 'unclear', 'pending')
    group by merchant_id, payment_id having count(*) > 1`,
  "what was stopped was never sent": `
    select r.mch_refund_no as what, r.send_count from refunds r
    where r.state = 'stopped' and (r.send_count > 0 or exists (
      select 1 from gateway_calls c where c.refund_id = r.id and c.operation = 'refundOrder'))`,
  "whatever is open will be asked about": `
    select 'payment ' || mch_order_no as what, state from payments
    where state in ('prepared', 'unclear') and next_ask_at is null
    union all
    select 'refund ' || mch_refund_no, state from refunds
    where state in ('prepared', 'sent', 'unclear', 'pending') and next_ask_at is null
    union all
    select 'cancel of ' || p.mch_order_no, c.state from cancels c join payments p on p.id = c.payment_id
    where c.state = 'sent' and p.next_ask_at is null`,
  "a believed message that contradicts or does not fit is shown as a conflict": `
    select n.id as what, n.verdict from notifications n
    where n.payment_id is not null and n.authenticity = 'valid' and n.verdict in ('wrong-content', 'contradiction')
      and not exists (
        select 1 from timeline_entries t
        where t.merchant_id = n.merchant_id and t.notification_id = n.id and t.kind in ('conflict', 'notification'))`,
  "what was shown as a conflict asks for a person": `
    select distinct p.mch_order_no as what from timeline_entries t join payments p on p.id = t.payment_id
    left join refunds r on r.id = t.refund_id
    where t.kind = 'conflict' and p.attention is null and r.attention is null`,
};

/** A path through the states: it leaves every state as often as it enters it, but for its two ends. */
function fold(subject: string, table: string, isOf: string): string {
  return `
    select s.id as what, s.state, e.state as at, e.steps from ${table} s
    cross join lateral (
      select state, sum(step) as steps from (
        select t.to_state as state, 1 as step from timeline_entries t
        where ${isOf} and t.kind = 'change' and t.details->>'subject' = '${subject}'
        union all
        select t.from_state, -1 from timeline_entries t
        where ${isOf} and t.kind = 'change' and t.details->>'subject' = '${subject}'
        union all select s.state, -1
        union all select 'prepared', 1
      ) as moves group by state
    ) as e
    where e.steps <> 0 and not ('${subject}' = 'refund' and e.state in ('prepared', 'sent'))`;
}

const shownRows = 3;

/** Every promise that does not hold, with its first rows. */
export async function brokenInvariants(sql: Sql): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const [invariant, statement] of Object.entries(invariants)) {
    const rows = await sql.unsafe(statement);
    if (rows.length === 0) continue;
    const shown = rows.slice(0, shownRows).map((row) => JSON.stringify(row));
    broken.push({ invariant, detail: `${rows.length} rows, such as ${shown.join(" ")}` });
  }
  return broken;
}

export const invariantCount = Object.keys(invariants).length;

/** Messages that were answered `success` and are not in the inbox. */
export async function lostMessages(sql: Sql, acknowledged: readonly string[]): Promise<Broken[]> {
  const stored = await sql<{ body: Buffer }[]>`
    select body from notification_bodies join notifications using (merchant_id, id) where authenticity = 'valid'`;
  const known = new Set(stored.map(({ body }) => body.toString("utf8")));
  const lost = acknowledged.filter((body) => !known.has(body));
  if (lost.length === 0) return [];
  return [{ invariant: "every acknowledged message is stored", detail: `${lost.length} lost, such as ${lost[0]}` }];
}
