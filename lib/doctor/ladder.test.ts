import { expect, test } from "vitest";
import { addressLadder } from "./address-ladder";
import { climb, rungsFor } from "./ladder";
import { messageLadder } from "./message-ladder";
import { orderLadder } from "./order-ladder";

const ladders = [orderLadder, messageLadder, addressLadder] as const;

test("every entry of the protocol's catalogue of notification failures is looked for", () => {
  const looked = new Set(ladders.flatMap((ladder) => ladder.map(({ id }) => id)));
  const catalogue = Array.from({ length: 23 }, (_, index) => `NTF-${String(index + 1).padStart(2, "0")}`);
  expect(catalogue.filter((id) => !looked.has(id))).toEqual([]);
  expect([...looked].filter((id) => id !== null && !catalogue.includes(id))).toEqual([]);
});

const rung = rungsFor<number>();
const step = (looksFor: string, test: (facts: number) => number | null, isRemark?: true) =>
  rung({
    id: null,
    looksFor,
    ...(isRemark ? { isRemark } : {}),
    weight: "look",
    test,
    sentence: (found) => `${looksFor}: ${found}`,
    evidence: () => [],
    fix: { who: "nobody", does: "" },
  });

const isEven = step("an even number", (facts) => (facts % 2 === 0 ? facts : null));
const isLarge = step("a large number", (facts) => (facts > 100 ? facts : null));
const isRound = step("a round number", (facts) => (facts % 10 === 0 ? facts : null), true);
const isAny = step("any number", (facts) => facts);

test("the first cause ends the climb; remarks are made on the whole way", () => {
  const { cause, remarks, ruledOut } = climb([isLarge, isEven, isRound, isAny], 10);
  expect(cause.sentence).toBe("an even number: 10");
  expect(remarks.map(({ sentence }) => sentence)).toEqual(["a round number: 10"]);
  expect(ruledOut).toEqual([{ id: null, looksFor: "a large number" }]);
});

test("a ladder without an end is a mistake of its writer", () => {
  expect(() => climb([isLarge, isRound], 10)).toThrow("a ladder without an end");
});
