import { expect, test } from "vitest";
import { compare } from "./welch";

test("t is the distance of the means in standard errors", () => {
  // By hand: means 3 and 6, variances 2.5 and 10, five of each: 3 / sqrt(0.5 + 2).
  const compared = compare(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(2, 4, 6, 8, 10), 1);
  expect(compared.difference).toBeCloseTo(-3, 12);
  expect(compared.t).toBeCloseTo(-3 / Math.sqrt(2.5), 12);
});

test("a few moments in which the machine did something else change nothing", () => {
  const usual = Float64Array.from({ length: 1_000 }, (_, place) => 100 + (place % 7));
  const disturbed = usual.map((value, place) => (place % 50 === 0 ? value * 1_000 : value));
  const { t, difference } = compare(usual, disturbed, 0.95);
  expect(Math.abs(difference)).toBeLessThan(0.2);
  expect(Math.abs(t)).toBeLessThan(4.5);
});

test("a small difference in every call is seen", () => {
  const one = Float64Array.from({ length: 10_000 }, (_, place) => 100 + ((place * 1.618034) % 7));
  const slower = one.map((value) => value + 0.5);
  expect(compare(slower, one).t).toBeGreaterThan(4.5);
  expect(compare(one, slower).t).toBeLessThan(-4.5);
});

test("samples without any spread are equal, or infinitely apart", () => {
  expect(compare(Float64Array.of(1, 1), Float64Array.of(1, 1)).t).toBe(0);
  expect(compare(Float64Array.of(2, 2), Float64Array.of(1, 1), 1).t).toBe(Number.POSITIVE_INFINITY);
});
