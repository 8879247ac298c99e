import { expect, test } from "vitest";
import { limitSentence } from "./limit-sentence";

const limit = { role: "operator", currency: "HKD", perRefund: 200_000, perDay: 1_000_000 } as const;

test.each([
  [{}, "An operator refunds up to HK$ 2,000.00 alone, and HK$ 10,000.00 a day. Above that a second person approves."],
  [{ perDay: null }, "An operator refunds up to HK$ 2,000.00 alone. Above that a second person approves."],
  [{ perRefund: null }, "An operator refunds up to HK$ 10,000.00 a day alone. Above that a second person approves."],
  [{ perRefund: null, perDay: null }, "An operator refunds any sum in HKD alone."],
  [{ perRefund: 0 }, "Every refund of an operator in HKD needs a second person."],
])("a limit with %o is said in a sentence", (change, sentence) => {
  expect(limitSentence({ ...limit, ...change }).replaceAll("\u00A0", " ")).toBe(sentence);
});
