import { readFields, UnreadableFields } from "./fields";

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
  const values = sensitiveValuesOf(channelExtra);
  return (text) => {
    const withoutValues = values.reduce((shown, [name, value]) => shown.replaceAll(value, masked(name, value)), text);
    return maskText(withoutValues).replaceAll(secret, "<key>");
  };
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
    const fields = readFields(channelExtra);
    return sensitiveNames.flatMap((name): [string, string][] => {
      const value = fields.textOf(name) ?? "";
      return value.length >= shortestSensitiveValue ? [[name, value]] : [];
    });
  } catch (cause) {
    if (cause instanceof UnreadableFields) return [];
    throw cause;
  }
}
