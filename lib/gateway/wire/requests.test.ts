import { expect, test } from "vitest";
import { checkRequest, type Operation } from "./requests";

const order = { mchOrderNo: "A1", wayCode: "WX_QR", amount: 1, currency: "HKD", subject: "s", body: "b" };
const refund = { mchOrderNo: "A1", mchRefundNo: "R1", refundAmount: 1, currency: "HKD", refundReason: "r" };

function problemsOf(operation: Operation, fields: Record<string, unknown>): string[] {
  return checkRequest(operation, fields).map(({ field }) => field);
}

test("requests by the protocol have no problems, and empty optional fields count as absent", () => {
  expect(checkRequest("unifiedOrder", { ...order, clientIp: "", extParam: null, returnUrl: undefined })).toEqual([]);
  expect(checkRequest("refundOrder", refund)).toEqual([]);
  expect(checkRequest("query", { payOrderId: "P19" })).toEqual([]);
  expect(checkRequest("close", { mchOrderNo: "A1" })).toEqual([]);
  expect(checkRequest("cancel", { mchOrderNo: "A1", notifyUrl: "https://shop.example/n/1" })).toEqual([]);
  expect(checkRequest("refundQuery", { mchRefundNo: "R1" })).toEqual([]);
});

test.each([
  ["unifiedOrder", order, ["amount", "body", "currency", "mchOrderNo", "subject", "wayCode"]],
  ["refundOrder", refund, ["currency", "mchOrderNo", "mchRefundNo", "refundAmount", "refundReason"]],
] as const)("every mandatory field of %s is missed by its name", (operation, fields, names) => {
  for (const name of names) expect(problemsOf(operation, { ...fields, [name]: "" })).toEqual([name]);
});

test.each(["query", "close", "cancel", "refundQuery"] as const)("%s needs one of two numbers", (operation) => {
  expect(checkRequest(operation, {})[0]?.message).toBe("Give the gateway's number or our own.");
});

test.each([
  ["unifiedOrder", order, "subject", 64],
  ["unifiedOrder", order, "body", 256],
  ["unifiedOrder", order, "extParam", 128],
  ["unifiedOrder", order, "wayCode", 30],
  ["unifiedOrder", order, "mchOrderNo", 30],
  ["refundOrder", refund, "refundReason", 64],
  ["refundOrder", refund, "extParam", 64],
  ["cancel", { mchOrderNo: "A1" }, "extParam", 128],
] as const)("%s takes a %s of its full length and not one character more", (operation, fields, name, longest) => {
  expect(problemsOf(operation, { ...fields, [name]: "x".repeat(longest) })).toEqual([]);
  expect(problemsOf(operation, { ...fields, [name]: "x".repeat(longest + 1) })).toEqual([name]);
});

test("length counts characters, not UTF-16 units", () => {
  expect(problemsOf("unifiedOrder", { ...order, subject: "🧋".repeat(64) })).toEqual([]);
  expect(problemsOf("unifiedOrder", { ...order, subject: "🧋".repeat(65) })).toEqual(["subject"]);
});

test.each(["subject", "body", "extParam"])("an & in %s is refused, and the message says why", (name) => {
  const [problem] = checkRequest("unifiedOrder", { ...order, [name]: "Tea & cake" });
  expect(problem).toMatchObject({ field: name, message: expect.stringContaining("could never be verified") });
});

test("an & in a refund's reason is refused", () => {
  expect(problemsOf("refundOrder", { ...refund, refundReason: "a&b" })).toEqual(["refundReason"]);
});

test.each([
  ["no scheme", "shop.example/n"],
  ["another scheme", "ftp://shop.example/n"],
  ["a query string", "https://shop.example/n?shop=7"],
  ["a fragment", "https://shop.example/#/n"],
  ["an &", "https://shop.example/a&b"],
  ["a password", "https://u:p@shop.example/n"],
  ["a space", "https://shop.example/a b"],
  ["a doubled scheme", "https:////shop.example"],
])("a notify address with %s is refused", (_, notifyUrl) => {
  expect(problemsOf("unifiedOrder", { ...order, notifyUrl })).toContain("notifyUrl");
});

test("a notify address may be 256 characters long for an order and 128 for a refund", () => {
  const address = (length: number) => `https://shop.example/${"n".repeat(length - 21)}`;
  expect(problemsOf("unifiedOrder", { ...order, notifyUrl: address(256) })).toEqual([]);
  expect(problemsOf("unifiedOrder", { ...order, notifyUrl: address(257) })).toEqual(["notifyUrl"]);
  expect(problemsOf("refundOrder", { ...refund, notifyUrl: address(128) })).toEqual([]);
  expect(problemsOf("refundOrder", { ...refund, notifyUrl: address(129) })).toEqual(["notifyUrl"]);
});

test.each([
  ["amount", 0],
  ["amount", 1.5],
  ["amount", "100"],
  ["currency", "hkd"],
  ["clientIp", "::1"],
  ["clientIp", "1.2.3.400"],
  ["expiredTime", 0],
  ["expiredTime", 1_800_000_000],
  ["divisionMode", 3],
  ["channelExtra", "{'a':1}"],
  ["channelExtra", '["a"]'],
  ["channelExtra", { payDataType: "codeUrl" }],
  ["mchOrderNo", "A 1"],
  ["storeId", "S-7"],
  ["sign", "x"],
])("a %s of %j is refused by name", (name, value) => {
  expect(problemsOf("unifiedOrder", { ...order, [name]: value })).toEqual([name]);
});
