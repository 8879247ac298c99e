import { expect, test } from "vitest";
import type { CallDetails } from "@/db/queries/call-page";
import { readInput } from "@/lib/debugger/read-input";
import { caseOfCall, caseOfNotification, partInQuestion } from "./stored-case";
import { credentialOfMessage } from "./stored-secrets";

const call = {
  url: "https://gateway.example/api/pay/unifiedOrder",
  encoding: "json",
  requestFields: { mchNo: "M1", appId: "a1", subject: "5 o'clock & “tea”", amount: "100" },
  sentSign: "A".repeat(32),
  answerText: '{"code":0,"data":{"payOrderId":"P1"},"sign":"B"}',
  sentBody: null,
  composedBy: null,
} as unknown as CallDetails;

test.each(["json", "form"])("a stored call as %s is read back as the request it was", (encoding) => {
  const stored = caseOfCall({ ...call, encoding }, "request");
  const read = readInput(stored?.text ?? "");
  expect(read).toMatchObject({
    ok: true,
    value: { endpoint: "unifiedOrder", receivedSign: "A".repeat(32), fieldCount: 5, form: "http" },
  });
});

test("what a stored call sent as a number stands as a number, and a number of an order as the text that it was", () => {
  const requestFields = { mchOrderNo: "100", amount: "100", reqTime: "1767225600123", subject: "100" };
  const text = caseOfCall({ ...call, requestFields }, "request")?.text ?? "";
  expect(JSON.parse(text.slice(text.indexOf("{")))).toEqual({
    ...{ mchOrderNo: "100", amount: 100, reqTime: 1_767_225_600_123, subject: "100" },
    sign: call.sentSign,
  });
});

test("a notification without a body is its query string", () => {
  expect(caseOfNotification({ query: "a=1&sign=X", body: new Uint8Array() }).text).toBe("a=1&sign=X");
});

test("what cannot be recomputed from what was kept is said", () => {
  expect(caseOfNotification({ query: "", body: Uint8Array.of(0x61, 0x3d, 0xff) }).note).toContain("no UTF-8");
  const masked = { ...call, requestFields: { channelExtra: '{"accNo":"622202******7890"}' } };
  expect(caseOfCall(masked, "request")?.note).toContain("masked");
  expect(caseOfCall(call, "answer")?.note).toBeNull();
});

test("a composed call is read back as the very body that was sent, and one of production without its signature", () => {
  const composedBy = { id: "1", name: "Mei" };
  const body = '{"amount":1.00,"amount":2.00,"sign":"X"}';
  expect(caseOfCall({ ...call, composedBy, sentBody: body, requestFields: {} }, "request")?.text).toContain(
    `\n${body}`,
  );
  const unsigned = caseOfCall({ ...call, composedBy, sentSign: "" }, "request");
  expect(unsigned?.text).not.toContain('sign":');
  expect(unsigned?.note).toContain("not kept");
});

test("the answer is opened when its signature is the one in question", () => {
  expect(["invalid", "missing", "valid", "none"].map((verification) => partInQuestion({ verification }))).toEqual([
    ...["answer", "answer", "request", "request"],
  ]);
});

test("a message belongs to the credential of its application, before that of its merchant alone", () => {
  const listed = [
    { id: 1, mchNo: "M1", appId: "a1", isActive: false },
    { id: 2, mchNo: "M1", appId: "a2", isActive: true },
    { id: 3, mchNo: "M2", appId: "a1", isActive: true },
  ];
  const idOf = (mchNo: string | null, appId: string | null) => {
    const found = credentialOfMessage(listed, { mchNo, appId });
    return [found?.credential.id, found?.isNamed];
  };
  expect(idOf("M2", "a1")).toEqual([3, true]);
  expect(idOf("M9", "a2")).toEqual([2, true]);
  expect(idOf("M1", "a9")).toEqual([1, true]);
  expect(idOf(null, null)).toEqual([2, false]);
  expect(credentialOfMessage([], { mchNo: null, appId: null })).toBeNull();
});
