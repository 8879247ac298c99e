import { expect, test } from "vitest";
import { enteredStatesOf, HoldOperation, noHoldRules } from "./holds";

test("the states that an admin entered are the gateway's own words about holds, and nothing else is", () => {
  const operation = { path: "/x", orderField: "no", orderNumber: "ours", amountField: null, numberField: null };
  const complete = HoldOperation.parse({ ...operation, doneState: 21, isPartAllowed: true });
  const release = HoldOperation.parse({ ...operation, doneState: null, isPartAllowed: false });
  expect(enteredStatesOf({ ...noHoldRules, complete, release })).toEqual([2, 21]);
  expect(enteredStatesOf(null)).toEqual([]);
});
