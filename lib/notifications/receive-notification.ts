import { createHash } from "node:crypto";
import { announceChange } from "@/db/announce";
import { sqlClient, withRetry } from "@/db/client";
import type { RefundNews } from "@/db/commands/apply-refund-news";
import type { InboxRow } from "@/db/commands/evidence";
import { insertRefundElsewhere } from "@/db/commands/refund-elsewhere";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { NotificationId, newId, RefundId } from "@/lib/domain/ids";
import { NotificationKind } from "@/lib/domain/verdict";
import { maskText } from "@/lib/gateway/masking";
import { judgeNotification, type NotificationJudgement, readNotification } from "@/lib/gateway/notification";
import { type PaymentAnswer, readPaymentAnswer } from "@/lib/gateway/wire/payment-answer";
import { type RefundAnswer, readRefundAnswer } from "@/lib/gateway/wire/refund-answer";
import { log } from "@/lib/log/log";
import { applyObservation } from "@/lib/payments/apply-observation";
import { noPaymentNews, paymentNewsOf } from "@/lib/payments/payment-news";
import { noRefundNews, refundNewsOf } from "@/lib/refunds/refund-news";
import { replyTo } from "./reply";

/** A message as it came in, before anything in it is believed. */
export type IncomingNotification = {
  credentialId: string;
  kind: string;
  /** The query string of the address it was sent to, without `?`. */
  query: string;
  contentType: string | null;
  headers: [name: string, value: string][];
  sourceAddress: string | null;
  body: Uint8Array;
};

/** `reply` is the exact body. It is `success` only when the message is stored and believed. */
export type NotificationReply = { status: 200 | 400 | 404 | 503; reply: string };

/**
 * Takes one notification: splits it into fields, verifies it with the credential it came to, keeps it as it came, and
 * lets it move its order through `applyObservation`, all in one statement. The answer waits for the commit.
 *
 * A repeated message changes nothing and is still answered `success`. A message that is ambiguous, badly signed or
 * about other content is kept, not believed, and makes us ask the gateway.
 *
 * Source: gateway-protocol 6.2 to 6.6.
 */
export async function receiveNotification(incoming: IncomingNotification): Promise<NotificationReply> {
  const kind = NotificationKind.safeParse(incoming.kind);
  if (!kind.success) return { status: 404, reply: "unknown address" };
  try {
    const credential = await openCredential(incoming.credentialId);
    if (!credential) return { status: 404, reply: "unknown address" };
    const verdict = await judgeAndApply(incoming, kind.data, credential);
    return replyTo(verdict ?? "refused");
  } catch (error) {
    log.error({ error, credentialId: incoming.credentialId, kind: kind.data }, "a notification could not be stored");
    return { status: 503, reply: "try again" };
  }
}

async function judgeAndApply(
  incoming: IncomingNotification,
  kind: NotificationKind,
  credential: OpenCredential,
): Promise<string | null> {
  const received = readNotification(incoming);
  const judgement = judgeNotification(received, kind, credential.verifying);
  const read = readingOf(judgement, kind);
  const inbox = inboxRowOf(incoming, kind, credential, judgement, read);
  const { environment, merchantId } = credential;
  const about = { environment, merchantId, nextAsk: "keep" as const, evidence: { by: "notification" as const, inbox } };
  const applied =
    kind === "refund"
      ? await applyObservation(
          {
            subject: "refund",
            ...about,
            target: { mchRefundNo: inbox.orderNo ?? "" },
            news: refundNews(judgement, read),
          },
          "notifications",
        )
      : await applyObservation(
          {
            subject: "payment",
            ...about,
            target: { mchOrderNo: inbox.orderNo ?? "" },
            news: paymentNews(judgement, read),
          },
          "notifications",
        );
  if (kind === "refund" && applied.verdict === "unknown-order") {
    await takeInFromElsewhere(credential, inbox.id, refundNews(judgement, read));
  }
  return applied.verdict ?? (inbox.authenticity === "valid" ? null : inbox.authenticity);
}

/** A refund of one of our payments that was not made here: noticed, counted and shown. */
async function takeInFromElsewhere(
  { environment, merchantId }: OpenCredential,
  notificationId: NotificationId,
  news: RefundNews,
): Promise<void> {
  const refundId = newId(RefundId);
  const sql = sqlClient("notifications");
  const taken = await withRetry(() => insertRefundElsewhere(sql, { merchantId, refundId, news, notificationId }));
  if (taken) announceChange(sqlClient(), { environment, merchantId, paymentId: taken.paymentId });
}

type Judgement = NotificationJudgement<number>;

/** What a message says, read once for each thing it may be about. `refund` is null where no refund is named. */
type Reading = { payment: PaymentAnswer; refund: RefundAnswer | null };

function readingOf(judgement: Judgement, kind: NotificationKind): Reading | null {
  if (judgement.verdict === "unreadable") return null;
  const fields = judgement.signedFields;
  const namesRefund = kind === "refund" || fields.has("mchRefundNo") || fields.has("refundOrderId");
  return { payment: readPaymentAnswer(fields), refund: namesRefund ? readRefundAnswer(fields) : null };
}

function paymentNews({ verdict }: Judgement, read: Reading | null) {
  return verdict === "valid" && read ? paymentNewsOf(read.payment, "notification") : noPaymentNews;
}

function refundNews({ verdict }: Judgement, read: Reading | null) {
  return verdict === "valid" && read?.refund ? refundNewsOf(read.refund, "notification") : noRefundNews;
}

function inboxRowOf(
  incoming: IncomingNotification,
  kind: NotificationKind,
  credential: OpenCredential,
  judgement: Judgement,
  read: Reading | null,
): InboxRow {
  const { contentType, query, body, headers, sourceAddress } = incoming;
  const kept = {
    id: newId(NotificationId),
    credentialId: credential.id,
    kind,
    contentType,
    query,
    body,
    headers: headers.filter(([name]) => !unkeptHeaders.has(name.toLowerCase())),
    sourceAddress,
    authenticity: judgement.verdict,
  };
  if (judgement.verdict === "unreadable" || read === null) {
    const dedup = hashOf(kind, query, body);
    return {
      ...kept,
      dedup,
      fields: null,
      signedText: null,
      secretVersion: null,
      orderNo: null,
      gatewayState: null,
      isOwn: false,
    };
  }
  const fields = judgement.signedFields;
  const answer = read.payment;
  return {
    ...kept,
    // What is signed identifies a message; its spelling may differ between tries. Unsigned ones have nothing but that.
    dedup:
      judgement.verdict === "valid"
        ? hashOf(kind, fields.textOf("sign") ?? "", judgement.canonicalText)
        : hashOf(kind, query, body),
    fields: fields.names.map((name): [string, string] => [name, maskText(fields.textOf(name) ?? "")]),
    signedText: judgement.canonicalText,
    secretVersion: judgement.secretVersion,
    orderNo: kind === "refund" ? (read.refund?.mchRefundNo ?? null) : answer.mchOrderNo,
    gatewayState: answer.gatewayState,
    isOwn:
      isWhole(kind, read) &&
      (answer.mchNo === null || answer.mchNo === credential.mchNo) &&
      (answer.appId === null || answer.appId === credential.appId),
  };
}

/**
 * A message about money that does not name the sum cannot prove it, and a refund's message proves nothing about an order,
 * although both speak of `state`.
 */
function isWhole(kind: NotificationKind, { payment, refund }: Reading): boolean {
  if (kind === "refund") return refund?.gatewayState !== 2 || refund.refundAmount !== null;
  if (kind === "payment" && refund && (refund.mchRefundNo !== null || refund.refundOrderId !== null)) return false;
  return payment.gatewayState !== 2 || payment.amount !== null;
}

// Whoever stands between the gateway and us may add credentials of its own.
const unkeptHeaders = new Set(["authorization", "cookie", "proxy-authorization"]);

function hashOf(...parts: (string | Uint8Array)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest();
}
