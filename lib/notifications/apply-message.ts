import { announceChange } from "@/db/announce";
import { sqlClient, withRetry } from "@/db/client";
import type { RefundNews } from "@/db/commands/apply-refund-news";
import type { InboxRow } from "@/db/commands/evidence";
import { insertRefundElsewhere } from "@/db/commands/refund-elsewhere";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { newId, RefundId } from "@/lib/domain/ids";
import { applyObservation, type PaymentObservation, type RefundObservation } from "@/lib/payments/apply-observation";
import { noPaymentNews, paymentNewsOf } from "@/lib/payments/payment-news";
import { noRefundNews, refundNewsOf } from "@/lib/refunds/refund-news";
import type { Reading, ReadMessage } from "./read-message";

/** What became of a message: its verdict (null when it was one too many to be kept), and whether it moved a state. */
export type AppliedMessage = { verdict: string | null; moved: { from: string; to: string } | null };

/**
 * Keeps a message and lets it move its order through `applyObservation`, all in one statement.
 *
 * @param isAgain  the message is here already: nothing is stored once more, and it may now be believed
 */
export async function applyMessage(
  read: ReadMessage,
  credential: OpenCredential,
  { isAgain }: { isAgain: boolean },
): Promise<AppliedMessage> {
  const { inbox } = read;
  const observation = observationOf(read, credential, { isAgain });
  const applied =
    observation.subject === "refund"
      ? await applyObservation(observation, "notifications")
      : await applyObservation(observation, "notifications");
  if (observation.subject === "refund" && applied.verdict === "unknown-order") {
    const isTaken = await takeInFromElsewhere(credential, inbox, observation.news);
    if (isTaken) return { verdict: "valid", moved: null };
  }
  return {
    verdict: applied.verdict ?? (inbox.authenticity === "valid" ? null : inbox.authenticity),
    moved: applied.moved,
  };
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
  { environment, merchantId }: OpenCredential,
  inbox: InboxRow,
  news: RefundNews,
): Promise<boolean> {
  const refundId = newId(RefundId);
  const sql = sqlClient("notifications");
  const notificationId = inbox.id;
  const taken = await withRetry(() =>
    insertRefundElsewhere(sql, { merchantId, refundId, news: asFarAsAlone(news, inbox), notificationId }),
  );
  if (taken) announceChange(sqlClient(), { environment, merchantId, paymentId: taken.paymentId });
  return taken !== null;
}

/** How it ended is asked where the message alone may not say so; that there is such a refund is noticed at once. */
function asFarAsAlone(news: RefundNews, { aloneUpTo }: InboxRow): RefundNews {
  const isEnd = news.to === "succeeded" || news.to === "failed";
  if (!isEnd || aloneUpTo === null || (news.amount ?? 0) <= aloneUpTo) return news;
  return { ...news, to: "pending", succeededAt: null };
}
