import { expect, test } from "vitest";
import { countsOrSkips, readPlans } from "./captured";

test("a plan in the server's log says which statement it is and how many pages it touched", () => {
  const log = [
    "2026-11-19 04:00:00.000 UTC [12] LOG:  duration: 0.042 ms  plan:",
    "\t{",
    '\t  "Query Text": "select 1",',
    '\t  "Plan": { "Node Type": "Result", "Shared Hit Blocks": 5, "Shared Read Blocks": 2 }',
    "\t}",
    "2026-11-19 04:00:00.000 UTC [12] LOG:  something else",
    "",
  ].join("\n");
  expect(readPlans(log)).toEqual([{ text: "select 1", pages: 7 }]);
  expect(readPlans(log + log)).toHaveLength(2);
});

test("counting and skipping are found wherever they stand", () => {
  expect(countsOrSkips("select id from payments limit 51")).toBe(false);
  expect(countsOrSkips('select "ask_count" from payments')).toBe(false);
  expect(countsOrSkips("select id from payments limit 20 OFFSET 40")).toBe(true);
  expect(countsOrSkips("select count (*) from payments")).toBe(true);
});
