import fc from "fast-check";
import { expect, test } from "vitest";
import { amountInWords, numberInWords } from "./amount-in-words";

test.each([
  [35000, "HKD", "three hundred and fifty Hong Kong dollars"],
  [116000, "HKD", "one thousand one hundred and sixty Hong Kong dollars"],
  [8800, "HKD", "eighty-eight Hong Kong dollars"],
  [101, "HKD", "one Hong Kong dollar and one cent"],
  [5, "HKD", "five cents"],
  [100_000_000, "HKD", "one million Hong Kong dollars"],
  [100_500, "HKD", "one thousand and five Hong Kong dollars"],
  [1234, "JPY", "one thousand two hundred and thirty-four yen"],
  [12_345, "KWD", "twelve Kuwaiti dinars and three hundred and forty-five fils"],
  [1, "KWD", "one fils"],
  [1234, "XYZ", "twelve XYZ and thirty-four hundredths"],
])("%i minor units of %s read %s", (amount, currency, words) => {
  expect(amountInWords(amount, currency)).toBe(words);
});

const wholeNumbers = fc.integer({ min: 0, max: 999_999_999_999 });

test("the words of a number lead back to the number", () => {
  fc.assert(
    fc.property(wholeNumbers, (value) => {
      expect(readWords(numberInWords(value))).toBe(value);
    }),
  );
});

test.each([
  ["HKD", 100, /^(?:(.+) Hong Kong dollars?)?(?: and )?(?:(.+) cents?)?$/],
  ["KWD", 1000, /^(?:(.+) Kuwaiti dinars?)?(?: and )?(?:(.+) fils)?$/],
  ["JPY", 1, /^(.+) yen$/],
])("the words of any sum of %s lead back to its minor units", (currency, size, shape) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), (amount) => {
      const [, whole, part] = shape.exec(amountInWords(amount, currency)) ?? [];
      expect(readWords(whole ?? "zero") * size + readWords(part ?? "zero")).toBe(amount);
    }),
  );
});

/** Reads English number words back, independent of how they were written. */
function readWords(text: string): number {
  const values: Record<string, number> = { zero: 0 };
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .forEach((word, index) => {
      values[word] = index + 1;
    });
  "twenty thirty forty fifty sixty seventy eighty ninety".split(" ").forEach((word, index) => {
    values[word] = (index + 2) * 10;
  });
  const scales: Record<string, number> = { thousand: 1e3, million: 1e6, billion: 1e9 };
  let total = 0;
  let group = 0;
  for (const word of text.split(/[ -]/)) {
    if (word === "and") continue;
    if (word === "hundred") group *= 100;
    else if (scales[word] !== undefined) {
      total += group * scales[word];
      group = 0;
    } else {
      const value = values[word];
      if (value === undefined) throw new Error(`not a number word: ${word}`);
      group += value;
    }
  }
  return total + group;
}
