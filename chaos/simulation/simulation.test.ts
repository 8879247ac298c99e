import { expect, inject, test } from "vitest";
import { openDays } from "./simulation";

test("a simulated day with all faults breaks no promise, and its seed repeats it to the single statement", {
  timeout: 300_000,
}, async () => {
  const days = await openDays(inject("databaseServer"));
  try {
    const first = await days.runPart({ index: 0, size: 25, seed: 7 });
    expect(first.broken).toEqual([]);
    expect(Object.keys(first.figures).filter((name) => name.startsWith("requests: ")).length).toBeGreaterThan(3);
    // What was lived before leaves no trace in a day: neither another day nor a fresh process and database.
    const other = await days.runPart({ index: 1, size: 5, seed: 8 });
    expect(other.mark).not.toBe(first.mark);
    const again = await days.runPart({ index: 0, size: 25, seed: 7 });
    expect(again).toEqual(first);
  } finally {
    await days.close();
  }
});
