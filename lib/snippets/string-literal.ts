// Characters that nobody sees, or that turn a line around, are written as escapes: code is read by people too.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?! )\p{Zs}/gu;

const letters: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

type Escapes = {
  /** Characters that have a meaning between the quotes of the language, the backslash among them. */
  special: RegExp;
  /** One code point that is not printed as it is. */
  escape: (point: number) => string;
};

/** A text between double quotes, as the language reads it back. */
export function literal(text: string, { special, escape: escaped }: Escapes): string {
  const inside = text
    .replace(special, "\\$&")
    .replace(unseen, (character) => letters[character] ?? escaped(character.codePointAt(0) ?? 0));
  return `"${inside}"`;
}

export function hex(point: number, digits: number): string {
  return point.toString(16).toUpperCase().padStart(digits, "0");
}

/** `\uXXXX`, and a pair of them above the first plane. */
export function utf16Escapes(point: number): string {
  const units = String.fromCodePoint(point);
  return Array.from({ length: units.length }, (_, at) => `\\u${hex(units.charCodeAt(at), 4)}`).join("");
}

/** `\uXXXX`, and `\UXXXXXXXX` above the first plane. */
export function pointEscapes(point: number): string {
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
}

export const quotesAndBackslashes = /["\\]/g;
