import { readFields, UnreadableFields, WireFields, type WireValue } from "./fields";

/**
 * Card numbers and payment codes stand inside `channelExtra`, and a gateway may repeat them anywhere. Nothing that is
 * kept or shown carries them: a card number keeps its first six and last four digits, a payment code nothing.
 *
 * Source: gateway-protocol 7 (card numbers of UP_OP) and 4.2 (bar codes).
 */
const sensitiveNames = ["accNo", "cardNo", "authCode", "auth_code"] as const;

const names = sensitiveNames.join("|");
// In JSON, in JSON inside a JSON string (its quotes are escaped), and in forms or canonical text.
const inJson = new RegExp(`(\\\\*"(${names})\\\\*"\\s*:\\s*)(\\\\*")?([^"\\\\,}\\s][^"\\\\,}]*)`, "g");
const inPairs = new RegExp(`((?:^|[?&])(${names})=)([^&\\s]+)`, "g");

/** Hides what is sensitive by its name. For texts of which nothing else is known, such as a notification's body. */
export function maskText(text: string): string {
  return text
    .replace(inJson, (_, before: string, name: string, quote: string | undefined, value: string) => {
      return `${before}${quote ?? ""}${masked(name, value)}`;
    })
    .replace(inPairs, (_, before: string, name: string, value: string) => `${before}${masked(name, value)}`);
}

/**
 * A masker for everything that belongs to one call: it also hides the values of this very request, and its secret,
 * wherever they turn up.
 */
export function maskerFor(channelExtra: unknown, secret: string): (text: string) => string {
  return maskerOf(sensitiveValuesOf(channelExtra), secret);
}

type Sensitive = readonly (readonly [name: string, value: string])[];

function maskerOf(values: Sensitive, secret: string): (text: string) => string {
  return (text) => {
    const withoutValues = values.reduce((shown, [name, value]) => shown.replaceAll(value, masked(name, value)), text);
    return maskText(withoutValues).replaceAll(secret, "<key>");
  };
}

/**
 * A masker for everything that belongs to a request which somebody wrote: what is sensitive may stand anywhere in it,
 * and is hidden wherever it turns up again.
 */
export function maskerForFields(fields: WireFields, secret: string): (text: string) => string {
  const values = sensitiveValuesIn(fields);
  return maskerOf(values, secret);
}

/** The same message with everything sensitive in it hidden, at any depth and however it was escaped. */
export function maskedFields(fields: WireFields, mask: (text: string) => string): WireFields {
  return new WireFields(fields.members.map(({ name, value }) => ({ name, value: maskedMember(name, value, mask) })));
}

function maskedMember(name: string, value: WireValue, mask: (text: string) => string): WireValue {
  switch (value.kind) {
    case "text":
      return { kind: "text", text: isSensitive(name) ? masked(name, value.text) : mask(value.text) };
    case "number":
      return isSensitive(name) ? { kind: "text", text: masked(name, value.literal) } : value;
    case "list":
      return { kind: "list", items: value.items.map((item) => maskedMember(name, item, mask)) };
    case "object":
      return { kind: "object", members: maskedFields(new WireFields(value.members), mask).members };
    default:
      return value;
  }
}

function isSensitive(name: string): boolean {
  return sensitiveNames.some((sensitive) => sensitive === name);
}

const maskedCardNumber = /^[0-9]{6}\*+[0-9]{4}$/;

function masked(name: string, value: string): string {
  if (maskedCardNumber.test(value)) return value;
  const digits = value.replace(/[ -]/g, "");
  const isCardNumber = !name.startsWith("auth") && /^[0-9]{12,19}$/.test(digits);
  return isCardNumber ? `${digits.slice(0, 6)}${"*".repeat(digits.length - 10)}${digits.slice(-4)}` : "******";
}

// A shorter value would also be found inside harmless text.
const shortestSensitiveValue = 6;

function sensitiveValuesOf(channelExtra: unknown): [name: string, value: string][] {
  if (typeof channelExtra !== "string") return [];
  try {
    return sensitiveValuesIn(readFields(channelExtra));
  } catch (cause) {
    if (cause instanceof UnreadableFields) return [];
    throw cause;
  }
}

function sensitiveValuesIn({ members }: WireFields): [name: string, value: string][] {
  return members.flatMap(({ name, value }) => sensitiveValuesAt(name, value));
}

function sensitiveValuesAt(name: string, value: WireValue): [name: string, value: string][] {
  switch (value.kind) {
    case "object":
      return sensitiveValuesIn(new WireFields(value.members));
    case "list":
      return value.items.flatMap((item) => sensitiveValuesAt(name, item));
    case "text":
    case "number": {
      const text = value.kind === "text" ? value.text : value.literal;
      if (!isSensitive(name)) return text.trimStart().startsWith("{") ? sensitiveValuesOf(text) : [];
      return text.length >= shortestSensitiveValue ? [[name, text]] : [];
    }
    default:
      return [];
  }
}
