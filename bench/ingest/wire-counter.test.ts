import { expect, test } from "vitest";
import { countFlights } from "./wire-counter";

const text = Buffer.from("... insert into notifications ...");
const values = Buffer.from("values");

/** Counts what a connection does: `>` for what is sent, `<` for an answer. */
function count(...steps: (Buffer | "<")[]): number {
  const flights = countFlights();
  let counted = 0;
  for (const step of steps) {
    if (step === "<") flights.answered();
    else if (flights.sent(step)) counted += 1;
  }
  return counted;
}

test("a statement whose text is known to the connection is one round trip", () => {
  expect(count(text, "<", values, "<", values, "<")).toBe(2);
});

test("a second statement for each message is seen", () => {
  expect(count(text, "<", values, "<", values, "<", values, "<", values, "<")).toBe(4);
});

test("what is sent in pieces is one round trip", () => {
  expect(count(text, "<", values, values, "<")).toBe(1);
});

test("connections that carry other statements do not count", () => {
  expect(count(values, "<", values, "<")).toBe(0);
});

test("a statement's text is recognised across a cut", () => {
  expect(count(text.subarray(0, 12), text.subarray(12), "<", values, "<")).toBe(1);
});
