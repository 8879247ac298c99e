import fc from "fast-check";
import { expect, test } from "vitest";
import { CredentialId, newId } from "@/lib/domain/ids";
import { checkHoldCall, pathProblem } from "@/lib/gateway/wire/hold-call";
import { HoldRulesInput } from "./hold-rules-input";

const whole = {
  credentialId: newId(CredentialId),
  wayCodes: "UP_AUTH, UP_AUTH2",
  lifetimeHours: "168",
  heldState: "2",
  completePath: "/api/made-up/take",
  completeOrderField: "orderNo",
  completeAmountField: "takeAmount",
  completeNumberField: "",
  completeDoneState: "21",
  completePartAllowed: "1",
  releasePath: "",
};

function blamed(change: Record<string, string>): string[] {
  const read = HoldRulesInput.safeParse({ ...whole, ...change });
  return read.success ? [] : [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
}

test("what was entered is what is kept, and an operation without a path is not set up", () => {
  const { rules } = HoldRulesInput.parse(whole);
  expect(rules).toMatchObject({ wayCodes: ["UP_AUTH", "UP_AUTH2"], lifetimeHours: 168, heldState: 2, release: null });
  expect(rules.complete).toMatchObject({ amountField: "takeAmount", numberField: null, isPartAllowed: true });
  const empty = HoldRulesInput.parse({ credentialId: whole.credentialId });
  expect(empty.rules).toMatchObject({ complete: null, release: null, heldState: 2 });
});

test.each([
  ["a host", { completePath: "https://elsewhere.example/take" }, "completePath"],
  ["a host without a scheme", { completePath: "//elsewhere.example/take" }, "completePath"],
  ["a way upwards", { completePath: "/api/../admin" }, "completePath"],
  ["an escaped way upwards", { completePath: "/api/%2e%2e/admin" }, "completePath"],
  ["a query", { completePath: "/api/take?x=1" }, "completePath"],
  ["a backslash", { completePath: "/api\\take" }, "completePath"],
  ["the path of a refund", { completePath: "/api/refund/refundOrder" }, "completePath"],
  ["the path of a cancel", { completePath: "/api/pay/cancel" }, "completePath"],
  ["a field of the envelope", { completeOrderField: "MchNo" }, "completeOrderField"],
  ["no field for the order", { completeOrderField: "" }, "completeOrderField"],
  ["one name for two fields", { completeAmountField: "order_no" }, "completeAmountField"],
  ["a part without a field for it", { completeAmountField: "" }, "completeAmountField"],
  ["no state to prove it by", { completeDoneState: "" }, "completeDoneState"],
  ["the state of a hold as the proof", { completeDoneState: "2" }, "completeDoneState"],
  ["the state of a decline as the proof", { completeDoneState: "3" }, "completeDoneState"],
  ["fields without a path", { completePath: "" }, "completePath"],
  ["no whole number of hours", { lifetimeHours: "1.5" }, "lifetimeHours"],
  ["an odd way code", { wayCodes: "UP-OP" }, "wayCodes"],
])("%s is refused by the name of its field", (_, change, field) => {
  expect(blamed(change)).toEqual([field]);
});

test("a release may go to the path of a cancel, and its state may be one that is published", () => {
  const release = { releasePath: "/api/pay/cancel", releaseOrderField: "mchOrderNo", releaseDoneState: "4" };
  expect(blamed(release)).toEqual([]);
  expect(blamed({ ...release, releaseDoneState: "21" })).toEqual(["releaseDoneState"]);
  expect(blamed({ ...release, releaseDoneState: "2" })).toEqual(["releaseDoneState"]);
});

test("a path that is taken never leaves the gateway's address, whatever is in it", () => {
  const text = fc.oneof(
    fc.webUrl(),
    fc.webPath(),
    fc.string(),
    fc.string().map((rest) => `/${rest}`),
  );
  fc.assert(
    fc.property(text, (path) => {
      if (pathProblem(path) !== null) return;
      const url = new URL(`https://gateway.example/base${path}`);
      expect([url.origin, url.pathname, url.search, url.hash]).toEqual([
        "https://gateway.example",
        `/base${path}`,
        "",
        "",
      ]);
    }),
  );
});

test("a call is judged once more before it is signed", () => {
  const call = { path: "/api/take", fields: { orderNo: "P-1", takeAmount: 600 } };
  expect(checkHoldCall("holdComplete", call)).toEqual([]);
  const wrong = [
    { ...call, path: "//elsewhere.example" },
    { ...call, path: "/api/pay/unifiedOrder" },
    { ...call, fields: { ...call.fields, sign: "x" } },
    { ...call, fields: { ...call.fields, take_amount: 1 } },
    { ...call, fields: { ...call.fields, takeAmount: 0 } },
    { ...call, fields: { orderNo: "" } },
  ];
  for (const one of wrong) expect(checkHoldCall("holdComplete", one)).not.toEqual([]);
});
