import fc from "fast-check";
import { expect, test } from "vitest";
import { readFields, UnreadableFields, WireFields } from "./fields";

test("a number keeps the text of its literal", () => {
  for (const literal of ["1.50", "9007199254740993", "1e+21", "-0", "0.0000001", "1E2"]) {
    expect(readFields(`{"n":${literal}}`).get("n")).toEqual({ kind: "number", literal });
  }
});

test("every JSON object is read as the platform reads it", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 5 })),
      fc.constantFrom(0, 2),
      (made, indent) => {
        expect(readFields(JSON.stringify(made, null, indent))).toEqual(
          WireFields.from(JSON.parse(JSON.stringify(made))),
        );
      },
    ),
  );
});

test("every form body is read as it was written", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })), { minLength: 1 }),
      (pairs) => {
        // A first name that is empty or white would let the body begin like another format.
        const written = [["first", "1"], ...pairs];
        const read = readFields(new URLSearchParams(written as [string, string][]).toString());
        expect(read.members.map(({ name, value }) => [name, value.kind === "text" ? value.text : null])).toEqual(
          written,
        );
      },
    ),
  );
});

test("hostile texts are refused with a reason and never with another error", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }).map((text) => `{${text}`),
      (text) => {
        try {
          readFields(text);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFields);
        }
      },
    ),
  );
});

test.each([
  ["{", "not closed"],
  ['{"a":1,}', "trailing comma"],
  ['{"a":01}', "leading zero"],
  ['{"a":1}x', "text after the end"],
  ['{"a":+1}', "plus sign"],
  ['{"a":.5}', "bare point"],
  ['{"a":NaN}', "no such number"],
  ["{'a':1}", "single quotes"],
  ['{"a":"\n"}', "raw line break"],
  ['{"a":"\\x"}', "unknown escape"],
  ['{"a":"\\u12G4"}', "bad unicode escape"],
  ['{"a":tru}', "half a word"],
  ["[1]", "an array"],
  ["<xml a='1'/>", "markup"],
  ["hello", "no pairs"],
  ["a=%ff", "escapes that are not UTF-8"],
])("%j is refused: %s", (text) => {
  expect(() => readFields(text)).toThrow(UnreadableFields);
});

test("the position of a mistake is told", () => {
  expect(() => readFields('{"a":1,"b":}')).toThrow("at character 12");
});

test("nesting and size are bounded, so a hostile message cannot exhaust the stack", () => {
  expect(() => readFields(`{"a":${"[".repeat(100_000)}`)).toThrow("Nested deeper");
  expect(() => readFields(`{"a":[${"1,".repeat(30_000)}1]}`)).toThrow("More than 20000 values");
  expect(() => readFields(`a=${"x".repeat(4_000_001)}`)).toThrow("Longer than");
  expect(() => readFields(`a=1${"&b=1".repeat(30_000)}`)).toThrow("More than 20000 values");
});

test("repeated names stay visible, and the last one counts", () => {
  const read = readFields('{"a":1,"b":2,"a":3}');
  expect(read.duplicateNames).toEqual(["a"]);
  expect(read.members).toHaveLength(3);
  expect(read.textOf("a")).toBe("3");
});

test("names that JavaScript treats specially are ordinary names", () => {
  const read = readFields('{"__proto__":{"x":1},"constructor":"c"}');
  expect(read.names).toEqual(["__proto__", "constructor"]);
  expect(read.get("toString")).toBeUndefined();
});

test("a query string may begin with its question mark, and a form may be empty", () => {
  expect(readFields("?a=1+2&b=%E8%8C%B6").members).toEqual([
    { name: "a", value: { kind: "text", text: "1 2" } },
    { name: "b", value: { kind: "text", text: "茶" } },
  ]);
  expect(readFields("").members).toEqual([]);
  expect(readFields("a=100% off&flag").textOf("a")).toBe("100% off");
});
