import { mostValues, readJsonObject, UnreadableFields } from "./json-reader";
import { WireFields, type WireMember } from "./wire-fields";

export { UnreadableFields } from "./json-reader";
export { type PlainFields, WireFields, type WireMember, type WireValue } from "./wire-fields";

/** Longer texts are refused, in UTF-16 units. */
const longestMessage = 4_000_000;

/**
 * Reads a JSON object, a form body or a query string (with or without its `?`) without losing a digit.
 *
 * A text that begins with `{` is JSON and must be valid JSON; one that begins with `[` or `<` is no message;
 * everything else is read as a form, where all values are texts. An empty text has no fields.
 *
 * @throws UnreadableFields with the reason and, where there is one, the position
 */
export function readFields(text: string): WireFields {
  if (text.length > longestMessage) throw new UnreadableFields(`Longer than ${longestMessage} characters`);
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const firstCharacter = /[^ \t\n\r]/.exec(withoutMark)?.[0] ?? "";
  if (firstCharacter === "{") return new WireFields(readJsonObject(withoutMark));
  if (firstCharacter === "[") throw new UnreadableFields("A JSON array is not a message; an object is expected");
  if (firstCharacter === "<") throw new UnreadableFields("This is XML or HTML, not a message of the protocol");
  if (firstCharacter !== "" && !withoutMark.includes("=")) {
    throw new UnreadableFields("Neither a JSON object nor a form: there is no = in it");
  }
  return readForm(withoutMark);
}

/**
 * Reads a form body or a query string: `+` is a space, percent escapes are UTF-8, a name without `=` has the value "".
 * A `%` that begins no escape stays as it is.
 *
 * @throws UnreadableFields when the escapes are not UTF-8
 */
export function readForm(text: string): WireFields {
  // Line breaks around a pasted body are not part of it; any other space may belong to the last value.
  const body = text.replace(/^\s*\??/, "").replace(/[\r\n]+$/, "");
  const pieces = body.split("&").filter((piece) => piece !== "");
  if (pieces.length > mostValues) throw new UnreadableFields(`More than ${mostValues} values`);
  return new WireFields(pieces.map(readPair));
}

/** The text of bytes that must be UTF-8; `null` when they are not. A byte order mark is kept. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readPair(piece: string): WireMember {
  const end = piece.includes("=") ? piece.indexOf("=") : piece.length;
  return {
    name: decodeFormText(piece.slice(0, end)),
    value: { kind: "text", text: decodeFormText(piece.slice(end + 1)) },
  };
}

const oneEscapeOrMore = /(?:%[0-9a-fA-F]{2})+/g;

function decodeFormText(text: string): string {
  return text.replaceAll("+", " ").replace(oneEscapeOrMore, decodeEscapes);
}

function decodeEscapes(escaped: string): string {
  const bytes = Uint8Array.from(escaped.slice(1).split("%"), (digits) => Number.parseInt(digits, 16));
  const text = decodeUtf8(bytes);
  if (text === null) throw new UnreadableFields(`The escapes ${escaped.slice(0, 30)} are not UTF-8`);
  return text;
}
