import fc from "fast-check";
import { expect, test } from "vitest";
import { amountForInput, amountParts, decimalsOf, formatMoney, largestAmount, MinorUnits, parseAmount } from "./money";

const currencies = ["HKD", "JPY", "KWD", "USD", "CLF"];

test("an amount written for input is read back as the same minor units, in currencies of 0, 2, 3 and 4 decimals", () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.integer({ min: 1, max: largestAmount }), (currency, amount) => {
      expect(parseAmount(amountForInput(amount, currency), currency)).toEqual({ ok: true, value: amount });
    }),
  );
});

test("one minor unit is the smallest sum of its currency and never a hundred times more or less", () => {
  for (const currency of currencies) {
    const decimals = decimalsOf(currency);
    const smallest = decimals === 0 ? "1" : `0.${"1".padStart(decimals, "0")}`;
    expect(parseAmount(smallest, currency)).toEqual({ ok: true, value: 1 });
    expect(parseAmount("1", currency)).toEqual({ ok: true, value: 10 ** decimals });
  }
});

test.each([
  ["", "empty"],
  ["12.345", "too-many-decimals"],
  ["1,2", "not-a-number"],
  ["1,000.00", "not-a-number"],
  ["1e2", "not-a-number"],
  ["-1", "not-a-number"],
  ["+1", "not-a-number"],
  ["１２", "not-a-number"],
  ["12.", "not-a-number"],
  [".5", "not-a-number"],
  ["0", "zero"],
  ["0.00", "zero"],
  ["1000000.01", "too-large"],
  ["99999999999999999999", "too-large"],
])("%o is refused as %s with words that say what would be right", (text, kind) => {
  const result = parseAmount(text, "HKD");
  expect(result).toMatchObject({ ok: false, error: { kind } });
  if (!result.ok) expect(result.error.message.length).toBeGreaterThan(10);
});

test("yen take no decimals", () => {
  expect(parseAmount("5800", "JPY")).toEqual({ ok: true, value: MinorUnits.parse(5800) });
  expect(parseAmount("58.00", "JPY")).toMatchObject({ ok: false, error: { kind: "too-many-decimals" } });
});

test("sums are shown with all decimals of their currency, thousands apart and a real minus", () => {
  expect(formatMoney(128_000, "HKD")).toBe("HK$\u00A01,280.00");
  expect(formatMoney(5, "HKD")).toBe("HK$\u00A00.05");
  expect(formatMoney(5800, "JPY")).toBe("JPY\u00A05,800");
  expect(formatMoney(1, "KWD")).toBe("KWD\u00A00.001");
  expect(amountParts(-9200, "HKD")).toEqual({ sign: "−", whole: "92", fraction: "00" });
});
