import { type Divisions, otherDivision } from "@/lib/debugger/other-division";
import { signedPieces } from "@/lib/gateway/canonical-string";
import { maskText } from "@/lib/gateway/masking";
import { type Ambiguity, canonicalTextOf, readNotification } from "@/lib/gateway/notification";
import { replyTo } from "./reply";
import { replyToUnread, type UnreadBody } from "./take-notification";

/** A message as it came over the wire. `ownNames` are those that our own notify address brought along. */
export type RawNotification = {
  contentType: string | null;
  query: string;
  body: Uint8Array;
  ownNames: readonly string[] | null;
};

/**
 * A stored message. `raw` is null when the period for which that is kept is over. `toldAs` is the verdict by which its
 * last delivery was answered: the one of today, unless it was judged again since.
 */
export type StoredNotification = {
  verdict: string;
  authenticity?: string | undefined;
  toldAs?: string | undefined;
  raw: RawNotification | null;
};

export type NotificationExplanation = {
  style: "form" | "json" | "query" | "unreadable" | "not read" | "no longer kept";
  /** Why it could not be split into fields; null when it could. */
  unreadableBecause: string | null;
  /** Why its fields could also be divided in another way, one sentence each. */
  ambiguities: readonly string[];
  /** What our own notify address brought along: taken out before verifying, because nobody signed it. */
  ownParameters: readonly { name: string; value: string }[];
  /** What its signature was held against, card numbers masked; null when it cannot be read. */
  fields: readonly (readonly [name: string, value: string])[] | null;
  /** The text that was hashed, with `<key>` for the secret and card numbers masked. */
  signedText: string | null;
  /** The signed text as it was divided here, and as it could also be; null when there is one way only. */
  divisions: Divisions | null;
  /** It carries a signature at all. */
  isSigned: boolean;
  answered: { status: number; reply: string };
};

/** Reads a stored message again, from its very bytes, to say what was made of it. */
export function explainNotification({
  verdict,
  authenticity = verdict,
  toldAs = verdict,
  raw,
}: StoredNotification): NotificationExplanation {
  const answered = isUnread(authenticity) ? replyToUnread(authenticity) : replyTo(toldAs);
  const missing = { ambiguities: [], ownParameters: [], fields: null, signedText: null, divisions: null };
  const nothing = { ...missing, unreadableBecause: null };
  if (isUnread(authenticity)) return { ...nothing, style: "not read", isSigned: false, answered };
  if (raw === null) return { ...nothing, style: "no longer kept", isSigned: true, answered };
  const received = readNotification(raw);
  if (received.style === "unreadable") {
    return { ...nothing, style: "unreadable", unreadableBecause: received.reason, isSigned: false, answered };
  }
  const own = new Set(raw.ownNames ?? []);
  const signed = received.fields.without([...own]);
  const shown = (name: string) => maskText(signed.textOf(name) ?? "");
  return {
    style: received.style,
    unreadableBecause: null,
    ambiguities: received.ambiguities.filter(({ name }) => !own.has(name)).map(sentenceOf),
    ownParameters: [...own].map((name) => ({ name, value: received.fields.textOf(name) ?? "" })),
    fields: signed.names.map((name) => [name, shown(name)]),
    signedText: canonicalTextOf(signed),
    divisions: otherDivision(signedPieces(signed).map(({ name, text }) => ({ name, text: maskText(text) }))),
    isSigned: (received.fields.textOf("sign") ?? "") !== "",
    answered,
  };
}

function isUnread(authenticity: string): authenticity is UnreadBody {
  return authenticity === "too-large" || authenticity === "too-slow" || authenticity === "interrupted";
}

function sentenceOf({ kind, name }: Ambiguity): string {
  switch (kind) {
    case "repeated-name":
      return `${name} stands in it more than once, and the signature does not say which one counts.`;
    case "empty-name":
      return "One of its fields has no name.";
    case "separator-in-name":
      return `The name ${name} contains & or =, which separate fields in the signed text.`;
    case "ampersand-in-value":
      return `The value of ${name} contains &, which separates fields in the signed text.`;
    case "bad-number":
      return `${name} should be a plain whole number and is not.`;
    case "nested-value":
      return `The value of ${name} is an object or a list, which has no fixed order of its parts.`;
  }
}
