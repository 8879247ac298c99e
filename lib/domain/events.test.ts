import { expect, test } from "vitest";
import { mostAttempts, pauseAfterAttempts } from "./events";

function allPauses(chance: number): number[] {
  return Array.from({ length: mostAttempts }, (_, index) => pauseAfterAttempts(index + 1, chance)).filter(
    (pause) => pause !== null,
  );
}

test("a receiver that is away is tried eight times over a little more than a day, each pause no shorter than the last", () => {
  for (const chance of [0, 0.5, 1]) {
    const pauses = allPauses(chance);
    expect(pauses).toHaveLength(7);
    expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(27);
    expect(hours).toBeLessThan(31);
  }
});

test("events that failed together come back spread out", () => {
  expect(pauseAfterAttempts(3, 0)).not.toBe(pauseAfterAttempts(3, 0.7));
});

test("after the last attempt there is none", () => {
  expect(pauseAfterAttempts(mostAttempts, 0)).toBeNull();
});
