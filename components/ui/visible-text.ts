/**
 * A text from outside in which nothing hides: control characters, and those that are invisible or turn the direction of
 * reading, become their names or codes, like `[TAB]` or `[U+202E]`; a line break also breaks the line. What is left is
 * for the eye alone and must not be copied as the original.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const name = names.get(code);
    if (name) return character === "\n" ? `[${name}]\n` : `[${name}]`;
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

// Their printable symbols (U+2400 and on) are missing in many fonts.
const names = new Map([
  [0x00, "NUL"],
  [0x09, "TAB"],
  [0x0a, "LF"],
  [0x0d, "CR"],
  [0x1b, "ESC"],
  [0x7f, "DEL"],
]);

// C0 and C1 controls, zero-width characters, marks and overrides of direction, separators, tags and lone surrogates.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: showing them is the point
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Surrogate}/gu;
