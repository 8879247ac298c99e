import type {
  CredentialId,
  GatewayCallId,
  MerchantId,
  NotificationId,
  PaymentId,
  PersonId,
  RefundId,
} from "@/lib/domain/ids";
import type { NotificationKind } from "@/lib/domain/verdict";
import { type Part, part, withoutNul } from "./part";

/** One request of ours and what came back, masked, ready to be kept. */
export type CallRow = {
  id: GatewayCallId;
  credentialId: CredentialId;
  /** Which version of the secret signed the request. */
  secretVersion: number;
  /** Which one the answer's signature is of; left out or null without a right one. */
  answerSecretVersion?: number | null;
  operation: string;
  url: string;
  encoding: string;
  requestFields: Record<string, string>;
  signedText: string;
  sentSign: string;
  startedAt: Date;
  durationMs: number;
  /** DNS, connect, TLS, wait, read in whole microseconds, null for a step that it did not come to or did not need. */
  timingsUs?: readonly (number | null)[] | null;
  httpStatus: number | null;
  contentType: string | null;
  answerText: string | null;
  verification: string;
  code: string | null;
  msg: string | null;
  /** `ok`, or the kind of the failure. */
  outcome: string;
  /** Who wrote it by hand, and its body as it may be kept. */
  composedBy?: PersonId;
  sentBody?: string | null;
};

/** What a message itself deserves, before it is held against our order. */
export type Authenticity = "valid" | "bad-signature" | "wrong-environment" | "ambiguous" | "unreadable" | Refusal;

/** Why a message was not taken in: not even its bytes are here. */
export type Refusal = "too-large" | "too-slow" | "interrupted";

/** A message as it came to a notify address. */
export type InboxRow = {
  id: NotificationId;
  credentialId: CredentialId;
  kind: NotificationKind;
  contentType: string | null;
  query: string;
  body: Uint8Array;
  headers: [name: string, value: string][];
  sourceAddress: string | null;
  dedup: Uint8Array;
  authenticity: Authenticity;
  /** Names that our own notify address brought along. */
  ownNames: readonly string[];
  secretVersion: number | null;
  orderNo: string | null;
  gatewayState: number | null;
  /** The message's merchant and application are those of the credential, and it names what a message of its kind must. */
  isOwn: boolean;
  /** Up to which amount it moves a state alone, in minor units: `null` any, 0 none; see `lib/domain/notice-rule`. */
  aloneUpTo: number | null;
  /** Its credential's list does not have the address it came from: kept, asked about, and not believed. */
  isSourceRefused?: true;
  /** What we spent on it before this statement. */
  elapsedUs: number;
};

/** What proves, or claims, the news: an answer to a request of ours, or a message to a notify address. */
export type Evidence =
  /** `provingCall`: another call, kept already, whose answer proves what this one could not. */
  | { by: "answer" | "query"; call: CallRow; actor: string; provingCall?: GatewayCallId }
  /** `isAgain`: it is here already, and is judged once more. */
  | { by: "notification"; inbox: InboxRow; isAgain?: true };

/** How many unproven messages of one credential are kept per hour: anybody can send them. */
export const unprovenPerHour = 500;

/** Keeps a call. `paymentId` and `refundId` are the objects it was about. */
export function insertCall(
  merchantId: MerchantId,
  call: CallRow,
  about: { paymentId: PaymentId | null; refundId: RefundId | null },
): Part {
  return part`
    insert into gateway_calls (
      merchant_id, id, credential_id, secret_version, answer_secret_version, operation, url, encoding, payment_id, refund_id, request_fields,
      signed_text, sent_sign, started_at, duration_ms, timings_us, http_status, content_type, answer_text, verification, code, msg,
      outcome, composed_by, sent_body
    ) values (
      ${merchantId}::uuid, ${call.id}::uuid, ${call.credentialId}::uuid, ${call.secretVersion}::int,
      ${call.answerSecretVersion ?? null}::int, ${call.operation},
      ${call.url}, ${call.encoding}, ${about.paymentId}::uuid, ${about.refundId}::uuid,
      ${JSON.stringify(call.requestFields)}::jsonb, ${call.signedText}, ${call.sentSign},
      ${call.startedAt.toISOString()}::timestamptz, ${Math.round(call.durationMs)}::int,
      ${call.timingsUs ? `{${call.timingsUs.map((us) => us ?? "null").join(",")}}` : null}::text::int[], ${call.httpStatus}::int,
      ${call.contentType}::text, ${call.answerText}::text, ${call.verification}, ${call.code}::text,
      ${call.msg}::text, ${call.outcome}, ${call.composedBy ?? null}::uuid, ${call.sentBody ?? null}::text
    )
    returning id`;
}

/** The timeline entries of a call: that we asked, and what came back. */
export function callEntries(evidence: Extract<Evidence, { by: "answer" | "query" }>, ids: EntryIds): Part {
  const { call, actor } = evidence;
  const answer = {
    operation: call.operation,
    outcome: call.outcome,
    code: withoutNul(call.code),
    msg: withoutNul(call.msg),
    verification: call.verification,
    durationMs: Math.round(call.durationMs),
  };
  return part`
    select ${ids.first}::uuid, 'call', null::text, null::text, ${actor}::text, ${call.id}::uuid, null::uuid,
      ${JSON.stringify({ operation: call.operation })}::jsonb,
      now() - make_interval(secs => ${call.durationMs / 1000}::double precision)
    union all
    select ${ids.second}::uuid, 'answer', null, null, 'gateway', ${call.id}::uuid, null,
      ${JSON.stringify(answer)}::jsonb, now()`;
}

/** Ids for up to four entries of one statement, in the order in which they shall be read. */
export type EntryIds = { first: string; second: string; third: string; fourth: string };
