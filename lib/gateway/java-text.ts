import { inHashTableOrder } from "./java-hash-table";
import type { WireMember, WireValue } from "./wire-fields";

/**
 * How the reference server turns values into text and compares texts. It is written in Java, and what it signs is
 * what Java's library and its JSON writer make of a value, so both are repeated here to the letter.
 *
 * Source: `JeepayKit.getSign`, Fastjson 1.2 (`SerializeWriter`, `MapSerializer`), `java.math.BigDecimal`, `java.lang.String`.
 */

/** The text of a value as it stands behind `name=`. Nested values are compact JSON. */
export function javaText(value: WireValue): string {
  return value.kind === "text" ? value.text : jsonText(value);
}

function jsonText(value: WireValue): string {
  switch (value.kind) {
    case "text":
      return quoted(value.text);
    case "number":
      return numberText(value.literal);
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
    case "list":
      return `[${value.items.map(jsonText).join(",")}]`;
    case "object":
      return `{${objectPieces(value.members).join(",")}}`;
  }
}

// Null members take part in the size of the table, and only then vanish.
function objectPieces(members: readonly WireMember[]): string[] {
  return inHashTableOrder(members)
    .filter(({ value }) => value.kind !== "null")
    .map(({ name, value }) => `${quoted(name)}:${jsonText(value)}`);
}

const letterEscapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that the reference escapes
  const escaped = text.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return letterEscapes[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

/**
 * Integers in decimal; anything with a point or an exponent as `BigDecimal.toString` writes it: the digits and the
 * scale of the literal survive, very small and shifted values turn scientific (`1e+21` is `1E+21`, `1.50e1` is `15.0`).
 */
function numberText(literal: string): string {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(literal);
  if (!match) return literal;
  const [, minus = "", whole = "", fraction = "", exponent = "0"] = match;
  // Java reads no number whose exponent leaves 32 bits, so there is no text of its own to repeat.
  if (Math.abs(Number(exponent)) > 2_000_000_000) return literal;
  const digits = `${whole}${fraction}`.replace(/^0+(?=.)/, "");
  const sign = digits === "0" ? "" : minus;
  const scale = fraction.length - Number(exponent);
  if (scale === 0) return `${sign}${digits}`;
  const leadingExponent = digits.length - 1 - scale;
  if (scale > 0 && leadingExponent >= -6) {
    const padded = digits.padStart(scale + 1, "0");
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : "";
  if (leadingExponent === 0) return `${sign}${digits[0]}${rest}`;
  return `${sign}${digits[0]}${rest}E${leadingExponent > 0 ? "+" : ""}${leadingExponent}`;
}

/** `String.CASE_INSENSITIVE_ORDER` of Java 16 and newer: code point by code point, folded to upper and then to lower case. */
export function compareIgnoringCase(left: string, right: string): number {
  let leftAt = 0;
  let rightAt = 0;
  while (leftAt < left.length && rightAt < right.length) {
    const leftPoint = left.codePointAt(leftAt) ?? 0;
    const rightPoint = right.codePointAt(rightAt) ?? 0;
    if (leftPoint !== rightPoint) {
      const difference = folded(leftPoint) - folded(rightPoint);
      if (difference !== 0) return difference;
    }
    leftAt += leftPoint > 0xffff ? 2 : 1;
    rightAt += rightPoint > 0xffff ? 2 : 1;
  }
  return left.length - right.length;
}

function folded(point: number): number {
  return simpleLower(simpleUpper(point));
}

function simpleUpper(point: number): number {
  const upper = String.fromCodePoint(point).toUpperCase();
  const upperPoint = upper.codePointAt(0) ?? point;
  if (upper.length === (upperPoint > 0xffff ? 2 : 1)) return upperPoint;
  // A letter that becomes several (`ß`) stays itself in Java; these Greek ones have a single capital as well.
  if (point >= 0x1f80 && point <= 0x1faf) return (point & 8) === 0 ? point + 8 : point;
  return point === 0x1fb3 || point === 0x1fc3 || point === 0x1ff3 ? point + 9 : point;
}

function simpleLower(point: number): number {
  // The dotted capital I becomes two characters in JavaScript and a plain i in Java.
  if (point === 0x130) return 0x69;
  return String.fromCodePoint(point).toLowerCase().codePointAt(0) ?? point;
}
