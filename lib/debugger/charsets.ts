/** A text as the bytes of one character set. */
export type Encode = (text: string) => Uint8Array;

const encoder = new TextEncoder();

export const asUtf8: Encode = (text) => encoder.encode(text);

export const asUtf8WithMark: Encode = (text) => encoder.encode(`\uFEFF${text}`);

/** What stands outside the first `size` characters becomes a question mark, one for each UTF-16 unit or each character. */
function oneByte(size: 128 | 256): Encode {
  return (text) => Uint8Array.from(text, (character) => inRange(character.codePointAt(0) ?? 0, size));
}

function inRange(code: number, size: number): number {
  return code < size ? code : 0x3f;
}

export const asLatin1 = oneByte(256);
export const asAscii = oneByte(128);

export const asUtf16LittleEndian: Encode = (text) => twoBytes(text, (code) => [code & 0xff, code >> 8]);
export const asUtf16BigEndian: Encode = (text) => twoBytes(text, (code) => [code >> 8, code & 0xff]);

function twoBytes(text: string, split: (code: number) => [number, number]): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) bytes.set(split(text.charCodeAt(at)), at * 2);
  return bytes;
}

/** UTF-8 bytes taken for Latin-1 characters and encoded once more: `茶` arrives as `èŒ¶`. */
export const asUtf8Twice: Encode = (text) =>
  encoder.encode(Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join(""));

export const asGbk: Encode = (text) => withTable(text, "gbk");
export const asBig5: Encode = (text) => withTable(text, "big5");

/**
 * The platform decodes these sets and does not encode them, so its decoder is turned round: every pair of bytes is
 * decoded once, on first use. A character that the set lacks becomes a question mark, as Java and PHP write it.
 */
function withTable(text: string, charset: TwoByteCharset): Uint8Array {
  const table = tableOf(charset);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(table.get(character) ?? [0x3f]));
  }
  return Uint8Array.from(bytes);
}

type TwoByteCharset = "gbk" | "big5";

const tables = new Map<TwoByteCharset, ReadonlyMap<string, readonly [number, number]>>();

function tableOf(charset: TwoByteCharset): ReadonlyMap<string, readonly [number, number]> {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, readonly [number, number]>();
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      const decoded = decoder.decode(Uint8Array.of(first, second));
      const isOneCharacter = [...decoded].length === 1 && decoded !== "\uFFFD";
      if (isOneCharacter && !table.has(decoded)) table.set(decoded, [first, second]);
    }
  }
  tables.set(charset, table);
  return table;
}
