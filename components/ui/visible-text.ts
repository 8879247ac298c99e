/**
 * A text from outside in which nothing hides: control characters become their printable symbols (a line break keeps
 * breaking the line), and characters that are invisible or turn the direction of reading become their code, like
 * `[U+202E]`. What is left is for the eye alone and must not be copied as the original.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\n") return "\u240A\n";
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

// C0 and C1 controls, zero-width characters, marks and overrides of direction, separators, tags and lone surrogates.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: showing them is the point
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Surrogate}/gu;
