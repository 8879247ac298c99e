import type { NotificationKind } from "@/lib/domain/verdict";
import { type Ambiguity, readNotification } from "@/lib/gateway/notification";
import { replyTo } from "./reply";

/** A stored message as it came in. `fields` are the ones its signature was held against. */
export type StoredNotification = {
  kind: NotificationKind;
  contentType: string | null;
  query: string;
  body: Uint8Array;
  fields: readonly (readonly [name: string, value: string])[] | null;
  verdict: string;
};

export type NotificationExplanation = {
  style: "form" | "json" | "query" | "unreadable";
  /** Why it could not be split into fields; null when it could. */
  unreadableBecause: string | null;
  /** Why its fields could also be divided in another way, one sentence each. */
  ambiguities: readonly string[];
  /** What our own notify address brought along: taken out before verifying, because nobody signed it. */
  ownParameters: readonly { name: string; value: string }[];
  /** It carries a signature at all. */
  isSigned: boolean;
  answered: { status: number; reply: string };
};

/** Reads a stored message again, from its very bytes, to say what was made of it. */
export function explainNotification(stored: StoredNotification): NotificationExplanation {
  const received = readNotification(stored);
  const answered = replyTo(stored.verdict);
  if (received.style === "unreadable") {
    const nothing = { ambiguities: [], ownParameters: [], isSigned: false };
    return { style: "unreadable", unreadableBecause: received.reason, ...nothing, answered };
  }
  const signed = new Set(stored.fields?.map(([name]) => name) ?? received.fields.names);
  const own = received.fields.names.filter((name) => !signed.has(name));
  return {
    style: received.style,
    unreadableBecause: null,
    ambiguities: received.ambiguities.filter(({ name }) => signed.has(name)).map(sentenceOf),
    ownParameters: own.map((name) => ({ name, value: received.fields.textOf(name) ?? "" })),
    isSigned: (received.fields.textOf("sign") ?? "") !== "",
    answered,
  };
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
