import type { Sql } from "postgres";
import type { MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import { judgeRefundNews, RefundState, refundStatesBefore } from "@/lib/domain/refund-state";
import type { HeardBy } from "@/lib/domain/timeline";
import type { NextAsk } from "./apply-payment-news";
import { insertRefundEvents } from "./event-news";
import { callEntries, type EntryIds, type Evidence, type InboxRow, insertCall } from "./evidence";
import { aloneAsFarAs, inboxParts, isNewsOrCalm } from "./inbox";
import { type Part, part, run } from "./part";

/** What was said about a refund. `to` is null when nothing was said about its state, or nothing we understand. */
export type RefundNews = {
  to: RefundState | null;
  provenBy: HeardBy | null;
  gatewayState: number | null;
  mchRefundNo: string | null;
  refundOrderId: string | null;
  payOrderId: string | null;
  channelOrderNo: string | null;
  amount: number | null;
  currency: string | null;
  errCode: string | null;
  errMsg: string | null;
  succeededAt: Date | null;
  /** The gateway says that it knows no such refund: a contradiction where it had confirmed it. */
  isUnknown?: boolean;
};

export type AppliedRefundNews = {
  paymentId: PaymentId | null;
  refundId: RefundId | null;
  moved: { from: RefundState; to: RefundState } | null;
  fits: boolean;
  contradicts: boolean;
  verdict: string | null;
  deliveries: number;
};

/**
 * Keeps the evidence and lets it move the refund if its present state allows that, together with the sums of its
 * payment, the timeline entries and the events for other systems, in one statement.
 *
 * A refund that fails gives its reserved money free; one that succeeds after it had been called failed takes it again,
 * up to what was paid, and asks for a person's attention.
 */
export async function applyRefundNews(
  sql: Sql,
  {
    merchantId,
    target,
    news,
    evidence,
    nextAsk,
  }: {
    merchantId: MerchantId;
    target: { refundId: RefundId; paymentId: PaymentId } | { mchRefundNo: string };
    news: RefundNews;
    evidence: Evidence;
    nextAsk: NextAsk;
  },
): Promise<AppliedRefundNews> {
  const ids: EntryIds = {
    first: newId(TimelineEntryId),
    second: newId(TimelineEntryId),
    third: newId(TimelineEntryId),
    fourth: newId(TimelineEntryId),
  };
  const inbox = evidence.by === "notification" ? evidence.inbox : null;
  const isBelieved = inbox === null || (inbox.authenticity === "valid" && inbox.isOwn && !inbox.isSourceRefused);
  const to = news.to;
  const mayMoveAlone = aloneAsFarAs(inbox);
  const wouldMove = part`state = any(string_to_array(${to === null ? "" : refundStatesBefore(to).join(",")}::text, ','))`;
  const about =
    "refundId" in target
      ? { paymentId: target.paymentId, refundId: target.refundId }
      : { paymentId: null, refundId: null };

  const rows = await run<Outcome[]>(
    sql,
    part`
    with target as (
      select refunds.id, refunds.payment_id, refunds.state, refunds.amount, refunds.currency, refunds.refund_order_id,
        refunds.mch_refund_no, refunds.credential_id, refunds.last_asked_at, refunds.changed_at, payments.pay_order_id,
        payments.state as payment_state, refunds.attention, payments.mch_order_no, payments.amount as payment_amount,
        payments.refunded_amount, payments.attention as payment_attention
      from refunds
      join payments on payments.merchant_id = refunds.merchant_id and payments.id = refunds.payment_id
      where refunds.merchant_id = ${merchantId}::uuid
        and ${"refundId" in target ? part`refunds.id = ${target.refundId}::uuid` : part`refunds.mch_refund_no = ${target.mchRefundNo}`}
      for update
    ),
    compared as materialized (
      select target.*,
        ${isBelieved}::boolean
        and (${news.amount}::bigint is null or amount = ${news.amount}::bigint)
        and (${news.currency}::text is null or upper(currency) = upper(${news.currency}::text))
        and (${news.mchRefundNo}::text is null or mch_refund_no = ${news.mchRefundNo}::text)
        and (${news.refundOrderId}::text is null or refund_order_id is null or refund_order_id = ${news.refundOrderId}::text)
        and (${news.payOrderId}::text is null or pay_order_id is null or pay_order_id = ${news.payOrderId}::text)
        and (${inbox?.credentialId ?? null}::uuid is null or credential_id = ${inbox?.credentialId ?? null}::uuid) as fits
      from target
    ),
    judged as (
      select *, id as refund_id,
        ${wouldMove} and ${mayMoveAlone} as moves,
        ${wouldMove} and not ${mayMoveAlone} as holds,
        state = any(string_to_array(${to === null ? "" : statesContradictedBy(to).join(",")}::text, ',')) as contradicts,
        ${to === "succeeded"}::boolean and state = 'failed' as is_late,
        ${news.isUnknown ? isNewlyForgotten(merchantId) : part`false`} as is_forgotten
      from compared
    ),
    ${inboxParts(merchantId, evidence, to)}
    ${evidence.by === "notification" ? part`` : part`heard as (${insertCall(merchantId, evidence.call, about)}),`}
    moved as (
      update refunds set
        state = case when judged.moves and judged.fits then ${to}::text else refunds.state end,
        proven_by = case when judged.moves and judged.fits then ${news.provenBy}::text else refunds.proven_by end,
        gateway_state = case when judged.fits and not judged.contradicts and not judged.holds
          then coalesce(${news.gatewayState}::int, refunds.gateway_state) else refunds.gateway_state end,
        refund_order_id = case when judged.fits
          then coalesce(refunds.refund_order_id, ${news.refundOrderId}::text) else refunds.refund_order_id end,
        channel_order_no = case when judged.fits
          then coalesce(${news.channelOrderNo}::text, refunds.channel_order_no) else refunds.channel_order_no end,
        err_code = case when judged.moves and judged.fits then ${news.errCode}::text else refunds.err_code end,
        err_msg = case when judged.moves and judged.fits then ${news.errMsg}::text else refunds.err_msg end,
        succeeded_at = case when judged.moves and judged.fits and ${to === "succeeded"}::boolean
          then coalesce(${news.succeededAt?.toISOString() ?? null}::timestamptz, now()) else refunds.succeeded_at end,
        attention = case
          when judged.moves and judged.fits and judged.is_late then 'succeeded-after-failure'
          when ${isBelieved}::boolean and not judged.fits then 'wrong-content'
          when judged.is_forgotten then 'forgotten'
          when judged.fits and (judged.contradicts or judged.holds and judged.is_late) then 'contradiction'
          else refunds.attention end,
        next_ask_at = ${nextAskAt(nextAsk, to, inbox)},
        ask_count = refunds.ask_count + ${evidence.by === "query" ? 1 : 0}::int,
        last_asked_at = case when ${evidence.by === "query"}::boolean then now() else refunds.last_asked_at end,
        changed_at = case when judged.moves and judged.fits then now() else refunds.changed_at end
      from judged
      where refunds.merchant_id = ${merchantId}::uuid and refunds.id = judged.id
        and (
          ${inbox === null}::boolean
          or judged.fits and (
            judged.moves
            or refunds.refund_order_id is null and ${news.refundOrderId}::text is not null
            or refunds.channel_order_no is null and ${news.channelOrderNo}::text is not null
          )
          or judged.fits and judged.holds and ${inbox ? isNewsOrCalm : part`false`}
          or (not judged.fits or judged.contradicts) and (
            ${isBelieved}::boolean and refunds.attention is null
            or (refunds.next_ask_at is null or refunds.next_ask_at > now())
              and (judged.last_asked_at is null or judged.last_asked_at < now() - interval '30 seconds')
          )
        )
      returning refunds.*
    ),
    sums as (
      update payments set
        refunded_amount = case when ${to === "succeeded"}::boolean
          then least(payments.amount, payments.refunded_amount + judged.amount) else payments.refunded_amount end,
        reserved_amount = case
          when ${to === "failed"}::boolean then greatest(payments.refunded_amount, payments.reserved_amount - judged.amount)
          when ${to === "succeeded"}::boolean and judged.state = 'failed'
            then least(payments.amount, payments.reserved_amount + judged.amount)
          else payments.reserved_amount end,
        attention = case when judged.is_late then 'contradiction' else payments.attention end,
        -- A full refund makes the gateway call the payment refunded. It does not tell us, so we ask.
        next_ask_at = case
          when ${to === "succeeded"}::boolean and payments.refunded_amount + judged.amount >= payments.amount
            and payments.state = 'paid' then now() + interval '2 seconds'
          else payments.next_ask_at end,
        changed_at = now()
      from judged
      where payments.merchant_id = ${merchantId}::uuid and payments.id = judged.payment_id
        and judged.fits and judged.moves and ${to === "succeeded" || to === "failed"}::boolean
      returning payments.id, payments.refunded_amount, payments.attention
    ),
    announced as (${insertRefundEvents(merchantId, news)}),
    -- The gateway takes one at a time, so the end of this one lets the next go.
    woken as (
      update refunds set next_ask_at = greatest(now(), coalesce(refunds.held_until, now()))
      from judged
      where refunds.merchant_id = ${merchantId}::uuid and refunds.payment_id = judged.payment_id
        and refunds.id <> judged.id and refunds.state = 'prepared'
        and judged.fits and judged.moves and ${to === "succeeded" || to === "failed"}::boolean
      returning refunds.id
    ),
    entries (id, kind, from_state, to_state, actor, call_id, notification_id, details, at) as (
      ${evidence.by === "notification" ? inboxEntry(evidence.inbox, ids) : callEntries(evidence, ids)}
      union all
      select ${ids.third}::uuid, 'change', judged.state, ${to}::text, ${evidence.by === "notification" ? "gateway" : evidence.actor}::text,
        ${evidence.by === "notification" ? null : (evidence.provingCall ?? evidence.call.id)}::uuid, ${inbox ? part`(select id from inbox)` : part`null::uuid`},
        jsonb_build_object('subject', 'refund', 'by', ${news.provenBy ?? "us"}::text, 'amount', judged.amount,
          'currency', judged.currency, 'errCode', ${news.errCode}::text, 'errMsg', ${news.errMsg}::text),
        now()
      from judged where judged.fits and judged.moves
      union all
      select ${ids.fourth}::uuid, 'conflict', judged.state, ${to}::text, 'gateway',
        ${evidence.by === "notification" ? null : evidence.call.id}::uuid, ${inbox ? part`(select id from inbox)` : part`null::uuid`},
        jsonb_build_object('subject', 'refund', 'by', ${evidence.by}::text, 'said', ${said(news)}::text,
          'known', judged.state || ', ' || judged.amount || ' ' || judged.currency),
        now()
      from judged where ${isBelieved}::boolean and (not judged.fits or judged.contradicts or judged.is_forgotten)
        ${inbox ? part`and exists (select 1 from inbox where is_news)` : part``}
    ),
    written as (
      insert into timeline_entries (
        merchant_id, payment_id, refund_id, id, kind, from_state, to_state, actor, call_id, notification_id, details, at
      )
      select ${merchantId}::uuid, judged.payment_id, judged.id, entries.* from entries, judged
      returning id
    )
    select judged.id as "refundId", judged.payment_id as "paymentId", judged.state as "from",
      coalesce(judged.fits and judged.moves, false) as "moves", coalesce(judged.fits, false) as "fits",
      coalesce(judged.contradicts, false) as "contradicts",
      ${inbox ? part`inbox.verdict as "verdict", inbox.deliveries as "deliveries"` : part`null as "verdict", 1 as "deliveries"`}
    from (select 1) as one left join judged on true ${inbox ? part`left join inbox on true` : part``}`,
  );

  const row = rows[0];
  return {
    paymentId: (row?.paymentId ?? null) as PaymentId | null,
    refundId: (row?.refundId ?? null) as RefundId | null,
    moved: row?.moves && to ? { from: RefundState.parse(row.from), to } : null,
    fits: row?.fits ?? false,
    contradicts: row?.contradicts ?? false,
    verdict: row?.verdict ?? null,
    deliveries: row?.deliveries ?? 0,
  };
}

type Outcome = {
  refundId: string | null;
  paymentId: string | null;
  from: string | null;
  moves: boolean;
  fits: boolean;
  contradicts: boolean;
  verdict: string | null;
  deliveries: number | null;
};

/** The gateway knows no such refund though it had confirmed it, and nobody has looked at that since its last change. */
function isNewlyForgotten(merchantId: MerchantId): Part {
  return part`state in ('pending', 'succeeded') and attention is distinct from 'forgotten' and not exists (
    select 1 from timeline_entries
    where timeline_entries.merchant_id = ${merchantId}::uuid and timeline_entries.payment_id = compared.payment_id
      and timeline_entries.refund_id = compared.id and timeline_entries.kind = 'act'
      and timeline_entries.details->>'act' = 'settle' and timeline_entries.details->>'attention' = 'forgotten'
      and timeline_entries.at >= compared.changed_at)`;
}

function statesContradictedBy(to: RefundState): RefundState[] {
  return RefundState.options.filter((from) => judgeRefundNews(from, to) === "contradiction");
}

function nextAskAt(nextAsk: NextAsk, to: RefundState | null, inbox: InboxRow | null): Part {
  if (inbox) {
    return part`case
      when judged.fits and judged.holds and ${isNewsOrCalm} then least(coalesce(refunds.next_ask_at, now()), now())
      when judged.fits and judged.moves and ${to === "succeeded" || to === "failed"}::boolean then null
      when not judged.fits or judged.contradicts then
        case when judged.last_asked_at is null or judged.last_asked_at < now() - interval '30 seconds'
          then least(coalesce(refunds.next_ask_at, now()), now()) else refunds.next_ask_at end
      else refunds.next_ask_at end`;
  }
  if (nextAsk === "keep") return part`refunds.next_ask_at`;
  // An answer about other content ends nothing, whatever state it names.
  if (nextAsk === "never") {
    return part`case when not judged.fits and refunds.state not in ('succeeded', 'failed') then now() + interval '1 hour' end`;
  }
  return part`now() + make_interval(secs => ${nextAsk / 1000}::double precision)`;
}

function inboxEntry(inbox: Extract<Evidence, { by: "notification" }>["inbox"], ids: EntryIds): Part {
  return part`
    select ${ids.first}::uuid, 'notification', null::text, null::text, 'gateway', null::uuid, inbox.id,
      jsonb_build_object('notificationKind', ${inbox.kind}::text, 'verdict', inbox.verdict,
        'gatewayState', ${inbox.gatewayState}::int, 'isHeld', inbox.is_held),
      now()
    from inbox where inbox.is_news`;
}

function said(news: RefundNews): string {
  if (news.isUnknown) return "it knows no refund of this number";
  const parts = [news.to ?? (news.gatewayState === null ? "no state" : `state ${news.gatewayState}`)];
  if (news.amount !== null) parts.push(`${news.amount} ${news.currency ?? ""}`.trim());
  if (news.refundOrderId !== null) parts.push(news.refundOrderId);
  return parts.join(", ");
}
