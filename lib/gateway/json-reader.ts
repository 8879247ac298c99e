import { deepestNesting, type WireMember, type WireValue } from "./wire-fields";

/** A text that is not a message. `position` counts UTF-16 units from its start, `null` where no place is to blame. */
export class UnreadableFields extends Error {
  override readonly name = "UnreadableFields";
  readonly reason: string;
  readonly position: number | null;

  constructor(reason: string, position: number | null = null) {
    super(position === null ? reason : `${reason} (at character ${position + 1})`);
    this.reason = reason;
    this.position = position;
  }
}

/** More values than this in one message are refused: no operation of the protocol comes near. */
export const mostValues = 20_000;

/**
 * Reads one JSON object by RFC 8259, to the letter: number literals keep their text, repeated names stay.
 *
 * @throws UnreadableFields for anything else, nesting below 64 levels and more than 20,000 values included
 */
export function readJsonObject(text: string): WireMember[] {
  const reader = new JsonReader(text);
  return reader.readDocument();
}

const whitespace = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string
const plainCharacters = /[^"\\\u0000-\u001f]*/y;
const hexDigits = /[0-9a-fA-F]{4}/y;
const escapes = new Map([...'"\\/bfnrt'].map((letter, index) => [letter, '"\\/\b\f\n\r\t'[index] ?? ""]));

class JsonReader {
  readonly #text: string;
  #at = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): WireMember[] {
    this.#match(whitespace);
    if (this.#text[this.#at] !== "{") this.#fail("A JSON object must begin with {");
    const members = this.#readMembers(1);
    this.#match(whitespace);
    if (this.#at < this.#text.length) this.#fail("Something follows the end of the JSON object");
    return members;
  }

  #readMembers(depth: number): WireMember[] {
    this.#at++;
    const members: WireMember[] = [];
    this.#match(whitespace);
    if (this.#take("}")) return members;
    do {
      this.#match(whitespace);
      if (this.#text[this.#at] !== '"') this.#fail("A member name in double quotes is expected");
      const name = this.#readString();
      this.#match(whitespace);
      if (!this.#take(":")) this.#fail("A colon is expected after a member name");
      members.push({ name, value: this.#readValue(depth) });
      this.#match(whitespace);
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("A comma or } is expected");
    return members;
  }

  #readItems(depth: number): WireValue[] {
    this.#at++;
    const items: WireValue[] = [];
    this.#match(whitespace);
    if (this.#take("]")) return items;
    do {
      items.push(this.#readValue(depth));
      this.#match(whitespace);
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail("A comma or ] is expected");
    return items;
  }

  #readValue(depth: number): WireValue {
    this.#values++;
    if (this.#values > mostValues) this.#fail(`More than ${mostValues} values`);
    if (depth > deepestNesting) this.#fail(`Nested deeper than ${deepestNesting} levels`);
    this.#match(whitespace);
    switch (this.#text[this.#at]) {
      case '"':
        return { kind: "text", text: this.#readString() };
      case "{":
        return { kind: "object", members: this.#readMembers(depth + 1) };
      case "[":
        return { kind: "list", items: this.#readItems(depth + 1) };
    }
    if (this.#takeWord("true")) return { kind: "boolean", value: true };
    if (this.#takeWord("false")) return { kind: "boolean", value: false };
    if (this.#takeWord("null")) return { kind: "null" };
    const literal = this.#match(number);
    if (literal === "") this.#fail("A value is expected");
    return { kind: "number", literal };
  }

  #readString(): string {
    this.#at++;
    let read = "";
    for (;;) {
      read += this.#match(plainCharacters);
      if (this.#take('"')) return read;
      if (!this.#take("\\")) {
        this.#fail(this.#at < this.#text.length ? "A control character stands in a string" : "A string is not closed");
      }
      const letter = this.#text[this.#at] ?? "";
      const character = letter === "u" ? this.#readUnicodeEscape() : escapes.get(letter);
      if (character === undefined) this.#fail("An unknown escape stands in a string");
      this.#at++;
      read += character;
    }
  }

  #readUnicodeEscape(): string | undefined {
    this.#at++;
    const digits = this.#match(hexDigits);
    if (digits === "") return undefined;
    this.#at--;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #takeWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #fail(reason: string): never {
    throw new UnreadableFields(reason, this.#at);
  }
}
