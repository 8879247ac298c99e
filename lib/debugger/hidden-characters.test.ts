import { expect, test } from "vitest";
import { hiddenPlaces, runsOf } from "./hidden-characters";

test("what the eye misses stands apart, and the text is whole when its runs are put together", () => {
  const text = "\uFEFFtea\u00A0２\r\n ";
  const runs = runsOf(text);
  expect(runs.map((run) => run.text).join("")).toBe(text);
  expect(runs.flatMap(({ hidden }) => hidden?.short ?? [])).toEqual(["BOM", "NBSP", "２", "CR", "LF", "space"]);
  expect(runs.find(({ text: run }) => run === "２")?.hidden?.name).toBe("full-width 2");
});

test.each(["Flat white × 2", "奶茶（大杯），少冰！", "café 👩‍👩‍👧", "naïve & co = x", ""])(
  "nothing is hidden in %j",
  (text) => {
    expect(runsOf(text).filter(({ hidden }) => hidden)).toEqual([]);
  },
);

test("a place is counted in characters as people count them", () => {
  expect(hiddenPlaces([["subject", "👍a\u200B"]])).toMatchObject([{ field: "subject", at: 3, short: "ZWSP" }]);
  expect(hiddenPlaces([["amo\u200Bunt", "100\u200B"]])).toMatchObject([
    { at: 4, short: "ZWSP", isInName: true },
    { at: 4, short: "ZWSP", isInName: false },
  ]);
});
