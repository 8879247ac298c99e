import { expect, inject, test } from "vitest";
import { simulation } from "./simulation";

test("a simulated day with all faults breaks no promise, and its seed repeats it to the single statement", {
  timeout: 120_000,
}, async () => {
  const ground = { serverUrl: inject("databaseServer"), say: () => {} };
  const open = await simulation.open(ground, { count: 25, seed: 7 });
  try {
    const first = await open.runPart({ index: 0, size: 25, seed: 7 });
    expect(first.broken).toEqual([]);
    expect(Object.keys(first.figures).filter((name) => name.startsWith("requests: ")).length).toBeGreaterThan(3);
    const again = await open.runPart({ index: 0, size: 25, seed: 7 });
    expect(again.mark).toBe(first.mark);
    const other = await open.runPart({ index: 0, size: 5, seed: 8 });
    expect(other.mark).not.toBe(first.mark);
  } finally {
    await open.close();
  }
});
