import { announceChange } from "@/db/announce";
import { sqlClient, withRetry } from "@/db/client";
import { applyPaymentNews } from "@/db/commands/apply-payment-news";
import { applyRefundNews, type RefundNews } from "@/db/commands/apply-refund-news";
import type { InboxRow } from "@/db/commands/evidence";
import { insertRefundElsewhere } from "@/db/commands/refund-elsewhere";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { newId, type PaymentId, RefundId } from "@/lib/domain/ids";
import { applyObservation, type PaymentObservation, type RefundObservation } from "@/lib/payments/apply-observation";
import { noPaymentNews, paymentNewsOf } from "@/lib/payments/payment-news";
import { noRefundNews, refundNewsOf } from "@/lib/refunds/refund-news";
import type { Reading, ReadMessage } from "./read-message";

/** What became of a message: its verdict (null when it was one too many to be kept), and whether it moved a state. */
export type AppliedMessage = { verdict: string | null; moved: { from: string; to: string } | null };

type Sql = ReturnType<typeof sqlClient>;

type How = {
  /** The message is here already: nothing is stored once more, and it may now be believed. */
  isAgain: boolean;
};

/** Keeps a message and lets it move its order through `applyObservation`, all in one statement. */
export async function applyMessage(read: ReadMessage, credential: OpenCredential, how: How): Promise<AppliedMessage> {
  const observation = observationOf(read, credential, how);
  const applied =
    observation.subject === "refund"
      ? await applyObservation(observation, "notifications")
      : await applyObservation(observation, "notifications");
  const sql = sqlClient("notifications");
  const taken = await withRetry(() => takeInFromElsewhere(sql, read, credential, applied));
  const { environment, merchantId } = credential;
  if (taken) announceChange(sqlClient(), { environment, merchantId, paymentId: taken.paymentId });
  return outcomeOf(read, applied, taken !== null);
}

/** The same inside a transaction of the caller, who says what becomes of it: nobody is told of a change. */
export async function applyMessageWith(
  sql: Sql,
  read: ReadMessage,
  credential: OpenCredential,
  how: How,
): Promise<AppliedMessage> {
  const observation = observationOf(read, credential, how);
  const applied =
    observation.subject === "refund"
      ? await applyRefundNews(sql, observation)
      : await applyPaymentNews(sql, observation);
  return outcomeOf(read, applied, (await takeInFromElsewhere(sql, read, credential, applied)) !== null);
}

type Applied = { verdict: string | null; moved: { from: string; to: string } | null };

function outcomeOf({ inbox }: ReadMessage, { verdict, moved }: Applied, isTakenIn: boolean): AppliedMessage {
  if (isTakenIn) return { verdict: "valid", moved };
  return { verdict: verdict ?? (inbox.authenticity === "valid" ? null : inbox.authenticity), moved };
}

/** What a message says, as `applyObservation` takes it. What is not believed says nothing about anything. */
export function observationOf(
  { inbox, reading }: ReadMessage,
  { environment, merchantId }: OpenCredential,
  { isAgain }: { isAgain: boolean },
): PaymentObservation | RefundObservation {
  const evidence = { by: "notification" as const, inbox, ...(isAgain ? { isAgain } : {}) };
  const about = { environment, merchantId, nextAsk: "keep" as const, evidence };
  // A number of the other environment that happens to be one of ours means nothing.
  const number = inbox.authenticity === "wrong-environment" ? "" : (inbox.orderNo ?? "");
  return inbox.kind === "refund"
    ? { subject: "refund", ...about, target: { mchRefundNo: number }, news: refundNews(reading) }
    : { subject: "payment", ...about, target: { mchOrderNo: number }, news: paymentNews(reading) };
}

function paymentNews(reading: Reading | null) {
  return reading ? paymentNewsOf(reading.payment, "notification") : noPaymentNews;
}

function refundNews(reading: Reading | null) {
  return reading?.refund ? refundNewsOf(reading.refund, "notification") : noRefundNews;
}

/** A refund of one of our payments that was not made here: noticed, counted and shown. */
async function takeInFromElsewhere(
  sql: Sql,
  { inbox, reading }: ReadMessage,
  { merchantId }: OpenCredential,
  { verdict }: Applied,
): Promise<{ paymentId: PaymentId } | null> {
  if (inbox.kind !== "refund" || verdict !== "unknown-order") return null;
  const news = asFarAsAlone(refundNews(reading), inbox);
  const evidence = { notificationId: inbox.id, credentialId: inbox.credentialId };
  return insertRefundElsewhere(sql, { merchantId, refundId: newId(RefundId), news, ...evidence });
}

/** How it ended is asked where the message alone may not say so; that there is such a refund is noticed at once. */
function asFarAsAlone(news: RefundNews, { aloneUpTo }: InboxRow): RefundNews {
  const isEnd = news.to === "succeeded" || news.to === "failed";
  if (!isEnd || aloneUpTo === null || (news.amount ?? 0) <= aloneUpTo) return news;
  return { ...news, to: "pending", succeededAt: null };
}
