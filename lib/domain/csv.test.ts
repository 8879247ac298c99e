import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsv, unguarded, writeCsv } from "./csv";

const nasty = fc.constantFrom("=", "+", "-", "@", "＝", "\t", "\r", "\n", "'", '"', ",", ";", " ", "1", "E", "x", "é");
const texts = fc.oneof(
  fc.string(),
  fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join("")),
);
const cells = fc.oneof(
  texts,
  texts.map((id) => ({ id })),
);
// A record without any text is an empty line, and those are left out.
const records = fc.array(fc.tuple(fc.constant("x"), cells, cells), { minLength: 1, maxLength: 5 });
const textOf = (cell: string | { id: string }) => (typeof cell === "string" ? cell : cell.id);

test("whatever is written comes back, to the letter", () => {
  fc.assert(
    fc.property(records, (rows) => {
      const read = readCsv(writeCsv(rows), ",");
      if (!read.ok) throw new Error(read.error.message);
      expect(read.value.map((record) => record.cells.map(unguarded))).toEqual(rows.map((row) => row.map(textOf)));
    }),
    { numRuns: 2_000 },
  );
});

test("no written cell begins as a formula", () => {
  fc.assert(
    fc.property(records, (rows) => {
      const read = readCsv(writeCsv(rows), ",");
      if (!read.ok) throw new Error(read.error.message);
      for (const cell of read.value.flatMap((record) => record.cells))
        expect(cell.trim()).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
    { numRuns: 2_000 },
  );
});

test.each(["261119000123456789", "1E18", "00123", "2026-11", "MAR-1", "dec25", "-7", "=1+1", "@A1", " =1", '"=1'])(
  "the number %s stays a text in a spreadsheet",
  (id) => {
    expect(writeCsv([[{ id }]]).replace(/^\uFEFF"?/, "")).toMatch(/^'/);
  },
);

test("a figure stays a figure, and nothing else can be one", () => {
  expect(writeCsv([[{ figure: "12.30" }, "a"]])).toBe("\uFEFF12.30,a\r\n");
  expect(() => writeCsv([[{ figure: "=1" }]])).toThrow();
});

test("records know the line they begin on, whatever the line ends are", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const read = readCsv(`a,b${end}${end}"c${end}d",e${end}f,g`, ",");
    expect(read).toEqual({
      ok: true,
      value: [
        { line: 1, cells: ["a", "b"] },
        { line: 3, cells: [`c${end}d`, "e"] },
        { line: 5, cells: ["f", "g"] },
      ],
    });
  }
});

test("a quote that is never closed, and text behind a closed one, are said with their line", () => {
  expect(readCsv('a,b\n"c,d', ",")).toMatchObject({ ok: false, error: { line: 2 } });
  expect(readCsv('a\n"b"c', ",")).toMatchObject({ ok: false, error: { line: 2 } });
});
