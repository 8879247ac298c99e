import { expect, test } from "vitest";
import { HoldInput, RefundLimitInput } from "./refund-rules-input";

const typed = { role: "operator", currency: "hkd", perRefund: "2000", perDay: "" };

test("a limit is typed in major units, and an empty field means none", () => {
  expect(RefundLimitInput.parse(typed)).toEqual({
    role: "operator",
    currency: "HKD",
    perRefund: 200_000,
    perDay: null,
  });
  expect(RefundLimitInput.parse({ ...typed, currency: "JPY" })).toMatchObject({ perRefund: 2000 });
  expect(RefundLimitInput.parse({ ...typed, perDay: "0.00" })).toMatchObject({ perDay: 0 });
});

test("a sum that is none is explained at its field", () => {
  const read = RefundLimitInput.safeParse({ ...typed, perDay: "1,000" });
  expect(read.error?.issues.map(({ path }) => path[0])).toEqual(["perDay"]);
  expect(RefundLimitInput.safeParse({ ...typed, currency: "dollars" }).success).toBe(false);
});

test.each(["-1", "301", "1.5", "ten", ""])("a hold of %j seconds is none", (holdSeconds) => {
  expect(HoldInput.safeParse({ holdSeconds }).success).toBe(false);
});

test("a hold is between nothing and five minutes", () => {
  expect([HoldInput.parse({ holdSeconds: "0" }), HoldInput.parse({ holdSeconds: " 300 " })]).toEqual([
    { holdSeconds: 0 },
    { holdSeconds: 300 },
  ]);
});
