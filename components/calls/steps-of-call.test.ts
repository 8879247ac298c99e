import { expect, test } from "vitest";
import { isOnKeptConnection, stepsOfCall } from "./steps-of-call";

const notes = (timingsUs: readonly (number | null)[]) =>
  stepsOfCall(timingsUs).map(({ name, us, note }) => `${name}: ${us ?? note}${us !== null && note ? `, ${note}` : ""}`);

test("a call that opened its connection shows what each step took", () => {
  expect(notes([1, 2, 3, 4, 5])).toEqual(["DNS: 1", "Connect: 2", "TLS: 3", "Wait: 4", "Read: 5"]);
  expect(isOnKeptConnection([1, 2, 3, 4, 5])).toBe(false);
});

test("a step that a call did not need says why", () => {
  expect(notes([null, 2, null, 4, 5]).slice(0, 3)).toEqual([
    "DNS: the address is a number",
    "Connect: 2",
    "TLS: plain HTTP",
  ]);
});

test("a call on a connection of an earlier one says that it was open already", () => {
  expect(notes([null, null, null, 4, 5]).slice(0, 3)).toEqual([
    "DNS: open already",
    "Connect: open already",
    "TLS: open already",
  ]);
  expect(isOnKeptConnection([null, null, null, 4, 5])).toBe(true);
});

test("a call that failed shows in which step it ended, and what it did not come to", () => {
  expect(notes([1, 10_000_000, null, null, null])).toEqual([
    "DNS: 1",
    "Connect: 10000000, it ended here",
    "TLS: it did not come to this",
    "Wait: it did not come to this",
    "Read: it did not come to this",
  ]);
  expect(notes([null, null, null, 9, null])[3]).toBe("Wait: 9, it ended here");
  expect(notes([null, null, null, null, null])[0]).toBe("DNS: it did not come to this");
});

test("an older call has one step until it was connected", () => {
  expect(notes([20_450, 98_001, null])).toEqual([
    "Until connected: 20450",
    "Wait: 98001, it ended here",
    "Read: it did not come to this",
  ]);
  expect(isOnKeptConnection([20_450, 98_001, null])).toBe(false);
});
