import type { Sql } from "postgres";
import type { MchOrderNo, MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { newId, TimelineEntryId } from "@/lib/domain/ids";
import { isEnd, judgePaymentNews, PaymentState, paymentStatesBefore } from "@/lib/domain/payment-state";
import type { HeardBy } from "@/lib/domain/timeline";
import { askedAgainAt } from "./asked-again";
import { insertPaymentEvents } from "./event-news";
import { callEntries, type EntryIds, type Evidence, type InboxRow, insertCall } from "./evidence";
import {
  comparedAmount,
  completedAfterRelease,
  completingAmount,
  holdEndAt,
  holdIsAskedAt,
  isHoldAmong,
  isTakenSumKnown,
  saidOf,
  settleHoldAct,
  takenAmount,
} from "./hold-news";
import { aloneAsFarAs, inboxParts, isNewsOrCalm } from "./inbox";
import { type Part, part, run, withoutNul } from "./part";

/** What was said about a payment. `to` is null when nothing was said about its state, or nothing we understand. */
export type PaymentNews = {
  to: PaymentState | null;
  /** How the new state was proven; null when only we say so. */
  provenBy: HeardBy | null;
  gatewayState: number | null;
  mchOrderNo: string | null;
  payOrderId: string | null;
  channelOrderNo: string | null;
  amount: number | null;
  currency: string | null;
  errCode: string | null;
  errMsg: string | null;
  paidAt: Date | null;
  payDataType: string | null;
  payData: string | null;
  /** What was said could not be read as what it should be, so it says nothing about the state. */
  isOdd?: boolean;
};

/** When the worker asks next, in milliseconds from now. `keep` leaves it; `never` is for certainty. */
export type NextAsk = number | "keep" | "never";

export type AppliedPaymentNews = {
  paymentId: PaymentId | null;
  /** The states of this move, or null when the news moved nothing. */
  moved: { from: PaymentState; to: PaymentState } | null;
  /** What the news says about the state of this very order, in our words; null when that is nothing. */
  said: PaymentState | null;
  fits: boolean;
  contradicts: boolean;
  verdict: string | null;
  deliveries: number;
};

/**
 * Keeps the evidence and lets it move the payment if its present state allows that, with the timeline entries and the
 * events for other systems, in one statement: so in one transaction, whoever brought the news.
 */
export async function applyPaymentNews(
  sql: Sql,
  {
    merchantId,
    target,
    news,
    evidence,
    nextAsk,
  }: {
    merchantId: MerchantId;
    target: { paymentId: PaymentId; refundId?: RefundId } | { mchOrderNo: MchOrderNo | string };
    news: PaymentNews;
    evidence: Evidence;
    nextAsk: NextAsk;
  },
): Promise<AppliedPaymentNews> {
  const ids: EntryIds = {
    first: newId(TimelineEntryId),
    second: newId(TimelineEntryId),
    third: newId(TimelineEntryId),
    fourth: newId(TimelineEntryId),
  };
  const inbox = evidence.by === "notification" ? evidence.inbox : null;
  const isBelieved = inbox === null || (inbox.authenticity === "valid" && inbox.isOwn && !inbox.isSourceRefused);
  const to = news.to;
  const credentialId = inbox?.credentialId ?? null;
  const mayMoveAlone = aloneAsFarAs(inbox);
  const paymentId = "paymentId" in target ? target.paymentId : null;
  const refundId = "paymentId" in target ? (target.refundId ?? null) : null;

  const rows = await run<Outcome[]>(
    sql,
    part`
    with target as (
      select id, state, amount as own_amount, currency, pay_order_id, mch_order_no, credential_id,
        last_asked_at, next_ask_at, channel_order_no, attention, amount - reserved_amount as unreserved,
        held_amount, paid_at, ${completingAmount(merchantId)} as completing
      from payments
      where merchant_id = ${merchantId}::uuid
        and ${"paymentId" in target ? part`id = ${target.paymentId}::uuid` : part`mch_order_no = ${target.mchOrderNo}`}
      for update
    ),
    told as (select *, ${saidOf(merchantId, news)} as said from target),
    summed as (select *, ${comparedAmount(news.amount)} as amount from told),
    compared as materialized (
      select *,
        ${isBelieved}::boolean
        and (${news.amount}::bigint is null or amount = ${news.amount}::bigint)
        and (${news.currency}::text is null or upper(currency) = upper(${news.currency}::text))
        and (${news.mchOrderNo}::text is null or mch_order_no = ${news.mchOrderNo}::text)
        and (${news.payOrderId}::text is null or pay_order_id is null or pay_order_id = ${news.payOrderId}::text)
        and (${credentialId}::uuid is null or credential_id = ${credentialId}::uuid)
        and ${isTakenSumKnown(news.amount, evidence.by)} as fits
      from summed
    ),
    placed as materialized (
      select *,
        case when held_amount is null then ${isAmong(to === null ? [] : paymentStatesBefore(to))}
          else ${isHoldAmong(to, paymentStatesBefore)} end as is_forward,
        case when held_amount is null then ${isAmong(to === null ? [] : statesContradictedBy(to))}
          else ${isHoldAmong(to, statesContradictedBy)} or ${completedAfterRelease} end as contradicts
      from compared
    ),
    judged as (
      select *, id as payment_id, null::uuid as refund_id,
        is_forward and ${mayMoveAlone} as moves,
        is_forward and not ${mayMoveAlone} as holds,
        said is not distinct from 'paid' and state in ('closed', 'declined') as is_late
      from placed
    ),
    ${inboxParts(merchantId, evidence, part`judged.said`)}
    ${evidence.by === "notification" ? part`` : part`heard as (${insertCall(merchantId, evidence.call, { paymentId, refundId })}),`}
    moved as (
      update payments set
        state = case when judged.moves and judged.fits then judged.said else payments.state end,
        amount = case when judged.moves and judged.fits and judged.said = 'paid' and judged.held_amount is not null
          then ${takenAmount(news.amount)} else payments.amount end,
        held_at = case when judged.moves and judged.fits and judged.said in ('held', 'paid') and judged.held_amount is not null
          then coalesce(payments.held_at, ${news.paidAt?.toISOString() ?? null}::timestamptz, now()) else payments.held_at end,
        proven_by = case when judged.moves and judged.fits then ${news.provenBy}::text else payments.proven_by end,
        gateway_state = case when judged.fits and not judged.contradicts and not judged.holds
          then coalesce(${news.gatewayState}::int, payments.gateway_state) else payments.gateway_state end,
        pay_order_id = case when judged.fits
          then coalesce(payments.pay_order_id, ${news.payOrderId}::text) else payments.pay_order_id end,
        channel_order_no = case when judged.fits
          then coalesce(${news.channelOrderNo}::text, payments.channel_order_no) else payments.channel_order_no end,
        pay_data_type = case when judged.fits
          then coalesce(${news.payDataType}::text, payments.pay_data_type) else payments.pay_data_type end,
        pay_data = case when judged.fits
          then coalesce(${news.payData}::text, payments.pay_data) else payments.pay_data end,
        err_code = case when judged.moves and judged.fits then ${news.errCode}::text else payments.err_code end,
        err_msg = case when judged.moves and judged.fits then ${news.errMsg}::text else payments.err_msg end,
        paid_at = case
          when not (judged.moves and judged.fits) then payments.paid_at
          when judged.said in ('paid', 'refunded', 'cancelled') and judged.held_amount is null
            then coalesce(payments.paid_at, ${news.paidAt?.toISOString() ?? null}::timestamptz, now())
          -- The time that the gateway names for a hold is the one at which it began.
          when judged.said in ('paid', 'refunded') then coalesce(payments.paid_at, now())
          else payments.paid_at end,
        attention = case
          when judged.moves and judged.fits and judged.is_late and judged.state = 'closed' then 'paid-after-close'
          when judged.moves and judged.fits and judged.is_late then 'paid-after-decline'
          -- The gateway gave back more than our refunds ever could.
          when judged.moves and judged.fits and judged.said = 'refunded' and judged.unreserved > 0 then 'refunded-elsewhere'
          when judged.moves and judged.fits and judged.said = 'paid' and judged.held_amount is not null
            and judged.completing is distinct from ${takenAmount(news.amount)} then 'completed-elsewhere'
          when ${isBelieved}::boolean and not judged.fits then 'wrong-content'
          when judged.fits and (judged.contradicts or judged.holds and judged.is_late) then 'contradiction'
          else payments.attention end,
        next_ask_at = ${nextAskAt(nextAsk, to, inbox)},
        ask_count = payments.ask_count + ${evidence.by === "query" ? 1 : 0}::int,
        last_asked_at = case when ${evidence.by === "query"}::boolean then now() else payments.last_asked_at end,
        changed_at = case when judged.moves and judged.fits then now() else payments.changed_at end
      from judged
      where payments.merchant_id = ${merchantId}::uuid and payments.id = judged.id
        and (
          ${inbox === null}::boolean
          or judged.fits and (
            judged.moves
            or payments.pay_order_id is null and ${news.payOrderId}::text is not null
            or payments.channel_order_no is null and ${news.channelOrderNo}::text is not null
          )
          or judged.fits and judged.holds and ${inbox ? isNewsOrCalm : part`false`}
          or (not judged.fits or judged.contradicts) and (
            ${isBelieved}::boolean and payments.attention is null
            or (payments.next_ask_at is null or payments.next_ask_at > now())
              and (judged.last_asked_at is null or judged.last_asked_at < now() - interval '30 seconds')
          )
        )
      returning payments.*
    ),
    announced as (${insertPaymentEvents(merchantId, news)}),
    settled as (
      update cancels set state = 'succeeded', changed_at = now()
      from judged
      where cancels.merchant_id = ${merchantId}::uuid and cancels.payment_id = judged.id and cancels.state = 'sent'
        and judged.fits and (judged.moves or judged.state = judged.said)
        and judged.said in ('cancelled', 'refunded')
      returning cancels.id
    ),
    hold_settled as (${settleHoldAct(merchantId)}),
    entries (id, kind, from_state, to_state, actor, call_id, notification_id, details, at) as (
      ${evidence.by === "notification" ? inboxEntry(evidence.inbox, ids) : callEntries(evidence, ids)}
      union all
      select ${ids.third}::uuid, 'change', judged.state, judged.said, ${evidence.by === "notification" ? "gateway" : evidence.actor}::text,
        ${evidence.by === "notification" ? null : evidence.call.id}::uuid, ${inbox ? part`(select id from inbox)` : part`null::uuid`},
        ${JSON.stringify({ subject: "payment", by: news.provenBy ?? "us", errCode: withoutNul(news.errCode), errMsg: withoutNul(news.errMsg) })}::jsonb,
        now()
      from judged where judged.fits and judged.moves
      union all
      select ${ids.fourth}::uuid, 'conflict', judged.state, judged.said, 'gateway',
        ${evidence.by === "notification" ? null : evidence.call.id}::uuid, ${inbox ? part`(select id from inbox)` : part`null::uuid`},
        jsonb_build_object('subject', 'payment', 'by', ${evidence.by}::text, 'said', ${said(news)}::text,
          'known', judged.state || ', ' || judged.amount || ' ' || judged.currency),
        now()
      from judged where ${isBelieved}::boolean and (not judged.fits or judged.contradicts)
        ${inbox ? part`and exists (select 1 from inbox where is_news)` : part``}
    ),
    written as (
      insert into timeline_entries (
        merchant_id, payment_id, refund_id, id, kind, from_state, to_state, actor, call_id, notification_id, details, at
      )
      select ${merchantId}::uuid, judged.id, ${refundId}::uuid, entries.* from entries, judged
      returning id
    )
    select judged.id as "paymentId", judged.state as "from", judged.said as "to", coalesce(judged.fits and judged.moves, false) as "moves",
      coalesce(judged.fits, false) as "fits", coalesce(judged.contradicts, false) as "contradicts",
      ${inbox ? part`inbox.verdict as "verdict", inbox.deliveries as "deliveries"` : part`null as "verdict", 1 as "deliveries"`}
    from (select 1) as one left join judged on true ${inbox ? part`left join inbox on true` : part``}`,
  );

  const row = rows[0];
  return {
    paymentId: (row?.paymentId ?? null) as PaymentId | null,
    said: PaymentState.nullable()
      .catch(null)
      .parse(row?.to ?? null),
    moved: row?.moves ? { from: PaymentState.parse(row.from), to: PaymentState.parse(row.to) } : null,
    fits: row?.fits ?? false,
    contradicts: row?.contradicts ?? false,
    verdict: row?.verdict ?? null,
    deliveries: row?.deliveries ?? 0,
  };
}

type Outcome = {
  paymentId: string | null;
  from: string | null;
  to: string | null;
  moves: boolean;
  fits: boolean;
  contradicts: boolean;
  verdict: string | null;
  deliveries: number | null;
};

function isAmong(states: readonly string[]): Part {
  return part`state = any(string_to_array(${states.join(",")}::text, ','))`;
}

function statesContradictedBy(to: PaymentState): PaymentState[] {
  return PaymentState.options.filter((from) => judgePaymentNews(from, to) === "contradiction");
}

/**
 * A message that may not move anything alone is answered by asking at once, each message once.
 *
 * A message that is not believed, does not fit or contradicts is answered by asking the gateway: soon, but not more
 * often than somebody who invents messages could make worth his while.
 */
function nextAskAt(nextAsk: NextAsk, to: PaymentState | null, inbox: InboxRow | null): Part {
  if (inbox) {
    return part`case
      when judged.fits and judged.holds and ${isNewsOrCalm} then least(coalesce(payments.next_ask_at, now()), now())
      when judged.fits and judged.moves and judged.said = 'held' then ${holdEndAt}
      when judged.fits and judged.moves and (${to !== null && isEnd(to)}::boolean or judged.said = 'paid') then null
      when not judged.fits or judged.contradicts then
        case when judged.last_asked_at is null or judged.last_asked_at < now() - interval '30 seconds'
          then least(coalesce(payments.next_ask_at, now()), now()) else payments.next_ask_at end
      else payments.next_ask_at end`;
  }
  if (nextAsk === "keep") return part`payments.next_ask_at`;
  if (nextAsk === "never") return part`${askedOnAllTheSame()}`;
  return part`now() + make_interval(secs => ${nextAsk / 1000}::double precision)`;
}

/**
 * Whoever heard that nothing is left to ask may have looked before something began. A cancel under way is asked about
 * until it has ended. Everything refunded makes the gateway call the payment refunded without telling us, and an answer
 * about other content has told us nothing: both are asked about less and less often, and not for ever.
 */
function askedOnAllTheSame(): Part {
  return part`case
    when judged.held_amount is not null
      and 'held' = case when judged.fits and judged.moves then judged.said else payments.state end then ${holdIsAskedAt}
    when judged.fits and judged.moves or payments.state not in ('prepared', 'unclear', 'created', 'waiting', 'paid') then null
    when exists (
      select 1 from cancels where cancels.merchant_id = payments.merchant_id and cancels.payment_id = payments.id
        and cancels.state = 'sent'
    ) then now() + interval '15 seconds'
    when payments.state = 'paid' and payments.refunded_amount = payments.amount or payments.state <> 'paid' and not judged.fits
      then ${askedAgainAt(part`payments.changed_at`)}
  end`;
}

function inboxEntry(inbox: Extract<Evidence, { by: "notification" }>["inbox"], ids: EntryIds): Part {
  return part`
    select ${ids.first}::uuid, 'notification', null::text, null::text, 'gateway', null::uuid, inbox.id,
      jsonb_build_object('notificationKind', ${inbox.kind}::text, 'verdict', inbox.verdict,
        'gatewayState', ${inbox.gatewayState}::int, 'isHeld', inbox.is_held),
      now()
    from inbox where inbox.is_news`;
}

function said(news: PaymentNews): string {
  const parts = [news.to ?? (news.gatewayState === null ? "no state" : `state ${news.gatewayState}`)];
  if (news.amount !== null) parts.push(`${news.amount} ${news.currency ?? ""}`.trim());
  if (news.payOrderId !== null) parts.push(news.payOrderId);
  return parts.join(", ");
}
