import { expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { readFields } from "@/lib/gateway/fields";
import { verify } from "@/lib/gateway/signature";
import { operationsFor } from "./operations";
import { type Composition, writeRequest } from "./write-request";

// Invented.
const secret = "inv3nted-secret-of-the-composer-0123456789abcdef";
const card = "6222021234567890123";
const signer = { mchNo: "M1", appId: "a1", environment: "test", current: { secret: new Secret(secret) } } as const;
const now = new Date("2026-11-19T06:35:00.118Z");

function written(composition: Composition, operation = "unifiedOrder", environment: "test" | "production" = "test") {
  const found = operationsFor(environment).find(({ name }) => name === operation);
  if (!found) throw new Error(`there is no ${operation}`);
  const result = writeRequest(found, composition, { signer: { ...signer, environment }, now });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

test("fields become the protocol's message: numbers keep their digits, empty ones stay out, the rest is filled in", () => {
  const values = { mchOrderNo: "A1", amount: "1.00", expiredTime: "2 h", subject: "", unknown: "x" };
  const { request } = written({ by: "fields", encoding: "json", values });
  expect(request.body).toMatch(
    /^\{"mchOrderNo":"A1","amount":1\.00,"expiredTime":"2 h","mchNo":"M1","appId":"a1","reqTime":1795070100118,"version":"1\.0","signType":"MD5","sign":"[0-9A-F]{32}"\}$/,
  );
  expect(verify(readFields(request.body), secret)).toBe(true);
});

test("a form is signed over what is sent, before it is escaped", () => {
  const { request } = written({
    by: "fields",
    encoding: "form",
    values: { subject: "5 o'clock & “tea”", amount: "100" },
  });
  expect(request.body).toContain("subject=5+o%27clock+%26+%E2%80%9Ctea%E2%80%9D&mchNo=M1");
  expect(verify(readFields(request.body), secret)).toBe(true);
});

test("a body keeps its order, its repetitions and every digit; who asks and the signature are ours", () => {
  const body = '{ "sign":"WRONG", "amount":12345678901234567890.10, "amount":1e2, "mchNo":"M9", "version":"0.9" }';
  const { request } = written({ by: "signed", encoding: "json", body });
  expect(request.body).toMatch(
    /^\{"amount":12345678901234567890\.10,"amount":1e2,"version":"0\.9","mchNo":"M1","appId":"a1","reqTime":1795070100118,"signType":"MD5","sign":"[0-9A-F]{32}"\}$/,
  );
  expect(verify(readFields(request.body), secret)).toBe(true);
});

test.each(['{"amount": 1.0,, }', "", "{}", '{"mchNo":"M9","sign":"WRONG"}', "a=1&sign=", '{"a":"\\u0000"}'])(
  "what is sent as it stands is not touched: %s",
  (body) => {
    const { request } = written({ by: "as-is", encoding: "json", body });
    expect(request.body).toBe(body);
    expect(request.kept.signedText).toBeNull();
  },
);

test("what cannot be read cannot be signed, and the field says so", () => {
  const [operation] = operationsFor("test");
  if (!operation) throw new Error("there is no operation");
  const composition = { by: "signed", encoding: "json", body: '{"a":' } as const;
  const result = writeRequest(operation, composition, { signer, now });
  expect(result).toMatchObject({
    ok: false,
    error: { kind: "unreadable-body", fields: { body: [expect.any(String)] } },
  });
});

const hiding: readonly Composition[] = [
  { by: "fields", encoding: "json", values: { channelExtra: `{"accNo":"${card}"}`, subject: `${card} ${secret}` } },
  { by: "fields", encoding: "form", values: { channelExtra: `{"accNo":"${card}"}`, subject: `${card} ${secret}` } },
  { by: "signed", encoding: "json", body: `{"channelExtra":{"accNo":"${card}"},"body":"${card}","key":"${secret}"}` },
  { by: "signed", encoding: "json", body: `{"accNo":"${card.replace("6", "\\u0036")}","extParam":["${secret}"]}` },
  { by: "as-is", encoding: "json", body: `{"accNo":"${card.replace("6", "\\u0036")}","key":"${secret}"}` },
  { by: "as-is", encoding: "form", body: `channelExtra=%7B%22accNo%22%3A%22${card}%22%7D&body=${secret}` },
  { by: "as-is", encoding: "json", body: `{"accNo":"${card}", broken ${secret}` },
];

test.each(hiding)("card numbers and the secret are in nothing that is kept: %j", (composition) => {
  const { request, sentBody } = written(composition);
  const kept = JSON.stringify([request.kept, sentBody]);
  expect(kept).not.toContain(secret);
  expect(kept).not.toContain(card.slice(1));
  expect(sentBody).not.toBeNull();
});

test("a signature that was made with a key of production is kept nowhere, and neither is the body that shows it", () => {
  const { request, sentBody } = written(
    { by: "fields", encoding: "json", values: { mchOrderNo: "A1" } },
    "query",
    "production",
  );
  const sign = readFields(request.body).textOf("sign") ?? "";
  expect(sign).toMatch(/^[0-9A-F]{32}$/);
  expect(JSON.stringify([request.kept, sentBody])).not.toContain(sign);
});

test("production offers the two questions and nothing else", () => {
  expect(operationsFor("production").map(({ name }) => name)).toEqual(["query", "refundQuery"]);
  expect(operationsFor("test").map(({ name }) => name)).toContain("refundOrder");
});
