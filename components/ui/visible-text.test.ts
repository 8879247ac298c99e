import { expect, test } from "vitest";
import { visibleText } from "./visible-text";

test("what a person can read stays as it is", () => {
  for (const text of ["", "amount=1050&subject=Coffee+x1", "奶茶 🧋", "e\u0301", "<script>&amp;"]) {
    expect(visibleText(text)).toBe(text);
  }
});

test.each([
  ["a\u0000b", "a[NUL]b"],
  ["a\tb\r\n", "a[TAB]b[CR][LF]\n"],
  ["\u001B[31m", "[ESC][31m"],
  ["\u007F", "[DEL]"],
  ["pay\u202Eyap", "pay[U+202E]yap"],
  ["P1\u200B23", "P1[U+200B]23"],
  ["\uFEFFsign", "[U+FEFF]sign"],
  ["\u0085", "[U+0085]"],
  ["\uD800", "[U+D800]"],
  ["\u{E0041}", "[U+E0041]"],
])("%j is shown as %j", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});
