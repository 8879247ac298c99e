import { expect, test } from "vitest";
import { isNull, median, pairedRatio, percentile, thereAndBack } from "./statistics";

test("the middle of an even number of values lies between two of them", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(percentile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48);
});

test("a machine that becomes slower from round to round does not change a paired ratio", () => {
  expect(pairedRatio([100, 50, 10], [200, 100, 20])).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
});

test("a reference that differs from itself by more than a tenth makes the run void", () => {
  expect(isNull({ median: 1.09, low: 0.5, high: 2 })).toBe(true);
  expect(isNull({ median: 1.11, low: 1, high: 1.2 })).toBe(false);
  expect(isNull({ median: 0.89, low: 0.8, high: 1 })).toBe(false);
});

test("every side of a round is measured twice, at places that lie alike around the middle", () => {
  for (const round of [0, 1]) {
    const order = thereAndBack(["a", "b", "c"], round);
    for (const side of ["a", "b", "c"]) expect(order.indexOf(side) + order.lastIndexOf(side)).toBe(5);
  }
  expect(thereAndBack(["a", "b"], 1)).toEqual(["b", "a", "a", "b"]);
});
