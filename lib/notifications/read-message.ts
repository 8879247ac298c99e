import { createHash } from "node:crypto";
import type { Authenticity, InboxRow } from "@/db/commands/evidence";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { otherSecrets } from "@/lib/credentials/other-secrets";
import { mayComeFrom } from "@/lib/domain/address-list";
import type { NotificationId } from "@/lib/domain/ids";
import type { NotificationKind } from "@/lib/domain/verdict";
import { judgeNotification, type NotificationJudgement, readNotification } from "@/lib/gateway/notification";
import { type PaymentAnswer, readPaymentAnswer } from "@/lib/gateway/wire/payment-answer";
import { type RefundAnswer, readRefundAnswer } from "@/lib/gateway/wire/refund-answer";

/** A message as it came to one of a credential's addresses, before anything in it is believed. */
export type Message = {
  id: NotificationId;
  kind: NotificationKind;
  /** The query string of the address it was sent to, without `?`. */
  query: string;
  contentType: string | null;
  headers: [name: string, value: string][];
  sourceAddress: string | null;
  body: Uint8Array;
};

/** What a message says, read once for each thing it may be about. `refund` is null where no refund is named. */
export type Reading = { payment: PaymentAnswer; refund: RefundAnswer | null };

/** `reading` is what may be believed: null unless the message is authentic and can be read in one way only. */
export type ReadMessage = { inbox: InboxRow; reading: Reading | null };

/**
 * Splits a message into fields and holds it against the credential it came to.
 *
 * @param elapsedUs  asked when the row is made: what was spent on the message until then
 */
export async function readMessage(
  message: Message,
  credential: OpenCredential,
  elapsedUs: () => number,
): Promise<ReadMessage> {
  const received = readNotification(message);
  const judgement = judgeNotification(received, message.kind, credential.verifying);
  const read = readingOf(judgement, message.kind);
  const authenticity = await authenticityOf(judgement, message.kind, credential);
  const inbox = inboxRowOf(message, credential, { judgement, read, authenticity, elapsedUs });
  const isBelieved = authenticity === "valid" && !inbox.isSourceRefused;
  return { inbox, reading: isBelieved ? read : null };
}

type Judgement = NotificationJudgement<number>;

/** A message that no key of its credential signed may be a genuine one of the other environment: kept apart, never acted on. */
async function authenticityOf(
  judgement: Judgement,
  kind: NotificationKind,
  credential: OpenCredential,
): Promise<Authenticity> {
  if (judgement.verdict !== "bad-signature") return judgement.verdict;
  const style = "form";
  const again = { style, fields: judgement.everything, ambiguities: judgement.ambiguities } as const;
  const named = { mchNo: judgement.everything.textOf("mchNo"), appId: judgement.everything.textOf("appId") };
  const { isNamed, versions } = await otherSecrets(credential.environment, named);
  const elsewhere = judgeNotification(again, kind, versions);
  return isNamed && elsewhere.verdict === "valid" ? "wrong-environment" : "bad-signature";
}

function readingOf(judgement: Judgement, kind: NotificationKind): Reading | null {
  if (judgement.verdict === "unreadable") return null;
  const fields = judgement.signedFields;
  const namesRefund = kind === "refund" || fields.has("mchRefundNo") || fields.has("refundOrderId");
  return { payment: readPaymentAnswer(fields), refund: namesRefund ? readRefundAnswer(fields) : null };
}

type Read = { judgement: Judgement; read: Reading | null; authenticity: Authenticity; elapsedUs: () => number };

function inboxRowOf(
  { id, kind, query, contentType, headers, sourceAddress, body }: Message,
  credential: OpenCredential,
  { judgement, read, authenticity, elapsedUs }: Read,
): InboxRow {
  const kept = {
    id,
    credentialId: credential.id,
    kind,
    contentType,
    query,
    body,
    headers: headers.filter(([name]) => !unkeptHeaders.has(name.toLowerCase())),
    sourceAddress,
    authenticity,
    ...(mayComeFrom(credential.sources, sourceAddress) ? {} : { isSourceRefused: true as const }),
    aloneUpTo: isSpeltAsUsual(judgement) ? aloneUpTo(kind, credential) : 0,
  };
  if (judgement.verdict === "unreadable" || read === null) {
    return {
      ...kept,
      dedup: hashOf(kind, query, body),
      ownNames: [],
      secretVersion: null,
      orderNo: null,
      gatewayState: null,
      isOwn: false,
      elapsedUs: elapsedUs(),
    };
  }
  const fields = judgement.signedFields;
  const answer = read.payment;
  return {
    ...kept,
    // What is signed identifies a message; its spelling may differ between tries. Unsigned ones have nothing but that.
    dedup:
      authenticity === "valid"
        ? hashOf(kind, (fields.textOf("sign") ?? "").toUpperCase(), judgement.canonicalText)
        : hashOf(kind, query, body),
    ownNames: judgement.ownParameters,
    secretVersion: judgement.secretVersion,
    orderNo: kind === "refund" ? (read.refund?.mchRefundNo ?? null) : answer.mchOrderNo,
    gatewayState: answer.gatewayState,
    isOwn:
      isWhole(kind, read) &&
      (answer.mchNo === null || answer.mchNo === credential.mchNo) &&
      (answer.appId === null || answer.appId === credential.appId),
    elapsedUs: elapsedUs(),
  };
}

/** A gateway without a query of refunds can only tell about them by messages. */
function aloneUpTo(kind: NotificationKind, { noticeRule, refundQuery }: OpenCredential): number | null {
  if (kind !== "refund") return noticeRule.payments;
  return refundQuery === "missing" ? null : noticeRule.refunds;
}

/** The gateway writes its digest in capitals. Another spelling proves the key as well, and is odd enough to ask first. */
function isSpeltAsUsual(judgement: Judgement): boolean {
  return judgement.verdict === "unreadable" || /^[0-9A-F]{32}$/.test(judgement.signedFields.textOf("sign") ?? "");
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

export function hashOf(...parts: (string | Uint8Array)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest();
}
