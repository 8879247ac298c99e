import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clockTime,
  dayAndTime,
  evidenceTime,
  exactTime,
  formatCountdown,
  formatDuration,
  relativeTime,
} from "./time-format";

const now = new Date("2026-11-19T06:35:02Z");

test("a moment is shown by the clock of Hong Kong", () => {
  expect(clockTime(new Date("2026-11-19T06:31:40Z"))).toBe("14:31:40");
  expect(dayAndTime(new Date("2026-11-18T11:50:26Z"), now)).toBe("18 Nov 19:50:26");
});

test("the year is shown only when it is not this year in Hong Kong", () => {
  expect(dayAndTime(new Date("2025-12-31T15:59:59Z"), now)).toBe("31 Dec 2025 23:59:59");
  expect(dayAndTime(new Date("2025-12-31T16:00:00Z"), now)).toBe("1 Jan 00:00:00");
});

test("the title names the zone and gives UTC, with its date where that differs", () => {
  expect(exactTime(new Date("2026-11-19T06:34:41Z"))).toBe("2026-11-19 14:34:41 Hong Kong (UTC+8), 06:34:41 UTC");
  expect(exactTime(new Date("2026-11-18T16:00:00Z"))).toBe(
    "2026-11-19 00:00:00 Hong Kong (UTC+8), 2026-11-18 16:00:00 UTC",
  );
});

test("evidence keeps its milliseconds", () => {
  expect(evidenceTime(new Date("2026-11-19T06:27:42.310Z"))).toBe("19 Nov 2026, 14:27:42.310");
});

describe("relative time", () => {
  test.each([
    [400, "now"],
    [21_000, "21 s ago"],
    [59_999, "59 s ago"],
    [60_000, "1 min ago"],
    [3_600_000, "1 h ago"],
    [86_399_999, "23 h ago"],
    [-48_000, "in 48 s"],
  ])("%i ms before now reads %s", (distance, text) => {
    expect(relativeTime(new Date(now.getTime() - distance), now)).toBe(text);
  });

  test("a day or more away leaves it to the date", () => {
    expect(relativeTime(new Date(now.getTime() - 86_400_000), now)).toBeNull();
    expect(relativeTime(new Date(now.getTime() + 86_400_000), now)).toBeNull();
  });
});

test.each([
  [414, "414 ms"],
  [36_000, "36 s"],
  [95_000, "1 min 35 s"],
  [12_240_000, "3 h 24 min"],
  [187_200_000, "2 d 4 h"],
])("%i ms last %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test("a countdown never goes below zero and shows a second that has begun", () => {
  expect(formatCountdown(279_000)).toBe("4:39");
  expect(formatCountdown(1)).toBe("0:01");
  expect(formatCountdown(3_879_000)).toBe("1:04:39");
  fc.assert(
    fc.property(fc.integer({ max: 0 }), (leftMs) => {
      expect(formatCountdown(leftMs)).toBe("0:00");
    }),
  );
});
