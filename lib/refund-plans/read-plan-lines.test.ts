import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unguarded, writeCsv } from "@/lib/domain/csv";
import { readPlanLines, type TypedLine } from "./read-plan-lines";

function linesOf(text: string): TypedLine[] {
  const read = readPlanLines(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function problemsOf(text: string): string[] {
  const read = readPlanLines(text);
  return read.ok ? [] : read.error.map(({ line, message }) => `${line}: ${message}`);
}

const letters = "ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz0123456789".split("");
// A first number such as `order` would be a line of names.
const numbers = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 })
  .map((all) => `P-${all.join("")}`);
const amounts = fc.oneof(
  fc.constant(""),
  fc.nat(1_000_000).map((cents) => (cents / 100).toFixed(2)),
);
const notes = fc
  .array(fc.constantFrom("a", "é", "香", ",", ";", '"', "\n", "=", "'", "-", " "), { maxLength: 12 })
  .map((all) => all.join("").trim())
  .filter((note) => !/^="[^"]*"$/.test(note));
const rows = fc.array(fc.tuple(numbers, amounts, notes), { minLength: 1, maxLength: 30 });

test("a written list comes back whole: every line once, in order, whatever separator, names, marks and line ends it has", () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(",", ";", "\t"),
      fc.boolean(),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (list, separator, hasNames, end, hasMark) => {
        const quote = (text: string) => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const body = list.map(([number, amount, note]) => [number, amount, "", note].map(quote).join(separator));
        const names = hasNames ? [["Order number", "amount", "Reason", "note"].join(separator)] : [];
        const read = linesOf(`${hasMark ? "\uFEFF" : ""}${[...names, ...body].join(end)}`);
        expect(read.map(({ number, amount }) => [number, amount])).toEqual(
          list.map(([number, amount]) => [number, amount]),
        );
        // An apostrophe before a formula is the guard of careful programs, and no part of the text.
        expect(read.map(({ note }) => note)).toEqual(list.map(([, , note]) => unguarded(note).trim()));
      },
    ),
  );
});

test("what the report writes can be read again", () => {
  const text = writeCsv([
    ["number", "amount"],
    [{ id: "-P1" }, { figure: "12.00" }],
    [{ id: "00123456789012345678" }, null],
  ]);
  expect(linesOf(text)).toMatchObject([
    { line: 2, number: "-P1", amount: "12.00" },
    { line: 3, number: "00123456789012345678", amount: "" },
  ]);
});

test("columns stand in any order, and a reason of our list is known by its code or its words", () => {
  expect(linesOf("note;reason;mchOrderNo\nhi;goodwill;P-1\n;GOODS returned;P-2\n;Broken lid;P-3")).toEqual([
    { line: 2, number: "P-1", amount: "", reason: "Goodwill", note: "hi" },
    { line: 3, number: "P-2", amount: "", reason: "Goods returned", note: "" },
    { line: 4, number: "P-3", amount: "", reason: "Broken lid", note: "" },
  ]);
});

test("a number that a spreadsheet kept as text by a formula is read as that text", () => {
  expect(linesOf('"=""00123""",5.00')).toMatchObject([{ number: "00123", amount: "5.00" }]);
});

describe("nothing is read, and the line is named, when", () => {
  test.each([
    ["there is no line", "\n\n"],
    ["there are only names", "number,amount\n"],
    ["a number is missing", "P-1,1.00\n,2.00"],
    ["a spreadsheet shortened a number", "P-1\n1.2E+18"],
    ["a column is unknown", "number,customer\nP-1,Chan"],
    ["a column comes twice", "number,order\nP-1,P-2"],
    ["a line has more cells than there are columns", "P-1,1.00,goodwill,note,more"],
    ["a quote is never closed", 'P-1,"1.00'],
    ["a note is too long", `P-1,,,${"x".repeat(65)}`],
    ["letters were lost to another encoding", "P-1,,\uFFFD"],
    ["the text is none", "P\u0000-\u00001"],
  ])("%s", (_, text) => {
    expect(problemsOf(text)[0]).toMatch(/^[0-9]+: ./);
  });

  test("there are more than a thousand lines", () => {
    const list = Array.from({ length: 1_001 }, (_, index) => `P-${index}`);
    expect(problemsOf(list.join("\n"))).toEqual([expect.stringMatching(/^1001: .*1001 lines.*1000/)]);
    expect(linesOf(list.slice(1).join("\n"))).toHaveLength(1_000);
  });

  test("several lines are wrong, all of them are named at once", () => {
    expect(problemsOf("P-1\n,1\nP-2\n,2").map((text) => text.split(":")[0])).toEqual(["2", "4"]);
  });
});
