import type { Secret } from "@/lib/domain/secret";
import { decodeUtf8, readFields, readForm, UnreadableFields, WireFields, type WireValue } from "./fields";
import { maskText } from "./masking";
import { canonicalString, verify } from "./signature";
import { wireNumberPattern } from "./wire/answer-values";

/** What a notification is about; the address it came to says so, because the message itself does not. */
export type NotificationKind = "payment" | "refund" | "cancel";

/**
 * Why a message may be read in more than one way although its signature holds: the signed text marks neither where a
 * value ends nor which of two equal names counts (engineering.md A3). Names are as they arrived.
 */
export type Ambiguity = {
  readonly kind:
    | "repeated-name"
    | "empty-name"
    | "separator-in-name"
    | "ampersand-in-value"
    | "bad-number"
    | "nested-value";
  readonly name: string;
};

export type ReceivedNotification =
  | {
      readonly style: "form" | "json" | "query";
      readonly fields: WireFields;
      /** Judged over everything that arrived, own parameters of the notify address included. */
      readonly ambiguities: readonly Ambiguity[];
    }
  | { readonly style: "unreadable"; readonly reason: string };

export type Incoming = {
  readonly contentType: string | null;
  /** The query string of the request, with or without its `?`. */
  readonly query: string;
  readonly body: Uint8Array;
};

/**
 * Splits a notification into fields, before anything is believed: a form, JSON, or (older gateways) the query string
 * with an empty body. Where a name stands in both, the body counts.
 *
 * Source: gateway-protocol 6.2.
 */
export function readNotification({ contentType, query, body }: Incoming): ReceivedNotification {
  if (/^\s*multipart\//i.test(contentType ?? ""))
    return { style: "unreadable", reason: "A multipart body is not read." };
  const text = decodeUtf8(body);
  if (text === null) return { style: "unreadable", reason: "The body is not UTF-8 text." };
  try {
    const inBody = readFields(text);
    const inQuery = readForm(query);
    const added = inQuery.members.filter(({ name }) => !inBody.has(name));
    const fields = new WireFields([...inBody.members, ...added]);
    const style = inBody.members.length === 0 ? "query" : /^\s*\{/.test(text) ? "json" : "form";
    return { style, fields, ambiguities: ambiguitiesOf(fields) };
  } catch (cause) {
    if (cause instanceof UnreadableFields) return { style: "unreadable", reason: cause.message };
    throw cause;
  }
}

export type SecretVersion<Version> = { readonly version: Version; readonly secret: Secret };

export type NotificationJudgement<Version> =
  | { readonly verdict: "unreadable"; readonly reason: string }
  | {
      /**
       * `valid`: sent by the gateway and readable in one way only. `ambiguous`: more than one reading, so nothing in
       * it counts, signed or not. `bad-signature`: no known secret made its signature, or it has none.
       */
      readonly verdict: "valid" | "ambiguous" | "bad-signature";
      /** Which secret made the signature; `null` when none did. */
      readonly secretVersion: Version | null;
      /** Names that our own notify address brought along; they are not signed and must not be read. */
      readonly ownParameters: readonly string[];
      readonly ambiguities: readonly Ambiguity[];
      /** Everything that arrived, own parameters included. */
      readonly everything: WireFields;
      /** The fields that the signature was held against; read meaning from these, and only when `valid`. */
      readonly signedFields: WireFields;
      /** The text that was hashed, with `<key>` for the secret and card numbers masked. */
      readonly canonicalText: string;
    };

/**
 * Holds a notification against the secrets of the credential it came to, newest first. A signature over everything
 * that arrived is tried before one over the protocol's names alone.
 *
 * Source: gateway-protocol 6.3 to 6.5.
 */
export function judgeNotification<Version>(
  received: ReceivedNotification,
  kind: NotificationKind,
  secrets: readonly SecretVersion<Version>[],
): NotificationJudgement<Version> {
  if (received.style === "unreadable") return { verdict: "unreadable", reason: received.reason };
  const everything = { fields: received.fields, ownParameters: [] };
  const held = [everything, splitOwnParameters(received.fields, kind)]
    .flatMap((split) => secrets.map((candidate) => ({ ...split, candidate })))
    .find(({ fields, candidate }) => verify(fields, candidate.secret));
  const { fields, ownParameters } = held ?? everything;
  const ambiguities = ambiguitiesOf(fields);
  const isUnsigned = (fields.textOf("sign") ?? "") === "";
  const verdict =
    isUnsigned || (!held && ambiguities.length === 0)
      ? "bad-signature"
      : ambiguities.length > 0
        ? "ambiguous"
        : "valid";
  return {
    verdict,
    secretVersion: held?.candidate.version ?? null,
    ownParameters,
    ambiguities,
    everything: received.fields,
    signedFields: fields,
    canonicalText: canonicalTextOf(fields),
  };
}

/** The text that is hashed, with `<key>` for the secret and card numbers masked. */
export function canonicalTextOf(fields: WireFields): string {
  return `${maskText(canonicalString(fields))}key=<key>`;
}

/** Takes out the names that no message of this kind has: what a notify address with a query string brings along. */
export function splitOwnParameters(
  fields: WireFields,
  kind: NotificationKind,
): { fields: WireFields; ownParameters: string[] } {
  const known = knownNames[kind];
  const ownParameters = fields.names.filter((name) => !known.has(name));
  return { fields: fields.without(ownParameters), ownParameters };
}

function ambiguitiesOf(fields: WireFields): Ambiguity[] {
  const found: Ambiguity[] = fields.duplicateNames.map((name) => ({ kind: "repeated-name", name }));
  for (const { name, value } of fields.members) {
    if (name === "") found.push({ kind: "empty-name", name });
    if (/[&=]/.test(name)) found.push({ kind: "separator-in-name", name });
    if (value.kind === "list" || value.kind === "object") found.push({ kind: "nested-value", name });
    const text = scalarText(value);
    if (text.includes("&")) found.push({ kind: "ampersand-in-value", name });
    if (numericNames.has(name) && text !== "" && !wireNumberPattern.test(text))
      found.push({ kind: "bad-number", name });
  }
  return found;
}

function scalarText(value: WireValue): string {
  if (value.kind === "text") return value.text;
  if (value.kind === "number") return value.literal;
  return value.kind === "boolean" ? String(value.value) : "";
}

const numericNames = new Set([
  "amount",
  "payAmount",
  "refundAmount",
  "state",
  "orderState",
  "successTime",
  "createdAt",
  "reqTime",
]);

const ofBoth =
  "mchNo appId payOrderId mchOrderNo currency state channelOrderNo errCode errMsg extParam successTime createdAt reqTime sign signType version";
const ofPayment = "ifCode wayCode amount clientIp subject body";
const ofRefund = "mchRefundNo refundOrderId payAmount refundAmount";

// A cancel's message is not published: it has an order's fields, and may say what was given back.
const knownNames: Readonly<Record<NotificationKind, ReadonlySet<string>>> = {
  payment: new Set(`${ofBoth} ${ofPayment}`.split(" ")),
  refund: new Set(`${ofBoth} ${ofRefund} ifCode wayCode clientIp`.split(" ")),
  cancel: new Set(`${ofBoth} ${ofPayment} ${ofRefund} orderState`.split(" ")),
};
