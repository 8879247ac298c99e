import fc from "fast-check";
import { expect, test } from "vitest";
import { pairedPieces } from "./paired-pieces";

const pieces = (names: string) => [...names].map((name) => ({ name, text: "1" }));
const lines = (right: string, signed: string) =>
  pairedPieces(pieces(right), pieces(signed)).map((pair) => `${pair.right?.name ?? "-"}${pair.signed?.name ?? "-"}`);

test("a field that was left out, or signed in excess, leaves the others beside themselves", () => {
  expect(lines("abcd", "acd")).toEqual(["aa", "b-", "cc", "dd"]);
  expect(lines("acd", "abcd")).toEqual(["aa", "-b", "cc", "dd"]);
  expect(lines("abc", "axc")).toEqual(["aa", "b-", "-x", "cc"]);
  expect(lines("ab", "")).toEqual(["a-", "b-"]);
});

test("another order is shown place by place", () => {
  expect(lines("abc", "bac")).toEqual(["ab", "ba", "cc"]);
});

test("every piece of both orders stands in one line, in its order", () => {
  const names = fc.string({ unit: fc.constantFrom(..."abcdef"), maxLength: 8 });
  fc.assert(
    fc.property(names, names, (right, signed) => {
      const pairs = pairedPieces(pieces(right), pieces(signed));
      expect(pairs.map((pair) => pair.right?.name ?? "").join("")).toBe(right);
      expect(pairs.map((pair) => pair.signed?.name ?? "").join("")).toBe(signed);
    }),
  );
});
