import { expect, test } from "vitest";
import { type Arrival, matchTries } from "./expected-tries";

const paidAt = new Date("2026-11-23T06:00:00.000Z");
const after = (seconds: number) => new Date(paidAt.getTime() + seconds * 1_000);
const came = (isAccepted: boolean, ...seconds: number[]): Arrival => ({ times: seconds.map(after), isAccepted });

const cases: [string, Arrival[], number, string, number[]][] = [
  ["none came, long after", [], 3_600, "missing missing missing missing missing missing", []],
  ["none came yet", [], 5, "due due due due due due", []],
  ["none came, in the middle of the ladder", [], 100, "missing missing due due due due", []],
  [
    "the first was answered success",
    [came(true, 0.4)],
    3_600,
    "arrived not-needed not-needed not-needed not-needed not-needed",
    [],
  ],
  ["only the third came", [came(true, 91)], 3_600, "missing missing arrived not-needed not-needed not-needed", []],
  [
    "each was refused",
    [came(false, 0, 30, 90, 180, 300, 450)],
    3_600,
    "arrived arrived arrived arrived arrived arrived",
    [],
  ],
  ["two were refused so far", [came(false, 0, 30)], 40, "arrived arrived due due due due", []],
  [
    "our clock is a little behind",
    [came(true, -1)],
    3_600,
    "arrived not-needed not-needed not-needed not-needed not-needed",
    [],
  ],
  ["slow answers pushed the second back", [came(false, 0, 50)], 60, "arrived arrived due due due due", []],
  [
    "it was sent by hand a day later",
    [came(true, 86_400)],
    90_000,
    "missing missing missing missing missing missing",
    [86_400],
  ],
];

test.each(cases)("%s", (_, arrivals, nowSeconds, states, byHand) => {
  const { tries, outside } = matchTries(paidAt, arrivals, after(nowSeconds));
  expect(tries.map(({ state }) => state).join(" ")).toBe(states);
  expect(outside).toEqual(byHand.map(after));
});

test("tries are due when the gateway's ladder says", () => {
  const { tries } = matchTries(paidAt, [], after(0));
  expect(tries.map(({ dueAt }) => dueAt)).toEqual([0, 30, 90, 180, 300, 450].map(after));
});
