import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { wentBack } from "./payment-facts";
import { labelsOf, PaymentSums } from "./payment-sums";

function sums(state: string, { refundedAmount = 0, reservedAmount = 0 } = {}): string {
  const payment = { state, amount: 1234, currency: "HKD", refundedAmount, reservedAmount };
  return renderToStaticMarkup(<PaymentSums payment={payment} isRefunding={false} />).replace(/&#160;|\u00A0/g, " ");
}

test("of a paid payment the rest is what is neither refunded nor under way", () => {
  expect(sums("paid", { refundedAmount: 200, reservedAmount: 500 })).toContain(
    "Of HK$ 12.34: 2.00 refunded, 3.00 pending, 7.34 left",
  );
});

test("nothing is left of a payment that the gateway calls refunded, whoever refunded it", () => {
  expect(sums("refunded")).toContain("Of HK$ 12.34: 12.34 refunded, 0.00 pending, 0.00 left");
});

test("of a cancelled payment nothing is pending and nothing is left", () => {
  expect(sums("cancelled", { reservedAmount: 1234 })).toContain(
    "Of HK$ 12.34: 12.34 cancelled, 0.00 pending, 0.00 left",
  );
});

test("a list says of a payment that was refunded elsewhere that all of it went back", () => {
  expect(wentBack({ state: "refunded", amount: 1234, refundedAmount: 0 })).toBe(1234);
  expect(wentBack({ state: "paid", amount: 1234, refundedAmount: 200 })).toBe(200);
  expect(wentBack({ state: "cancelled", amount: 1234, refundedAmount: 0 })).toBe(0);
});

test("the words about the sum that is being typed stand only where they reach no neighbour on a phone", () => {
  const texts = (typed: number, taken = 0) =>
    labelsOf({ amount: 12_000, taken, typed, short: (value) => String(value / 100) }).map(({ text }) => text);
  expect(texts(6_000)).toEqual(["0", "60 with this refund", "120"]);
  expect(texts(2_000)).toEqual(["0", "20", "120"]);
  expect(texts(9_000)).toEqual(["0", "90", "120"]);
  expect(texts(4_000, 2_000)).toEqual(["0", "20", "60 with this refund", "120"]);
  expect(texts(3_000, 3_000)).toEqual(["0", "60 with this refund", "120"]);
});
