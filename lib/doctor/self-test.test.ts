import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { answerToSelfTest, makeSelfTest, type SelfTestPurpose } from "./self-test";

const place = { credentialId: "018f6d2e-0000-7000-8000-000000000001", kind: "payment" as const };
const now = new Date("2026-11-23T06:00:00.000Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

function received(purpose: SelfTestPurpose, change: (body: string) => string = (body) => body) {
  const { body, contentType } = makeSelfTest(place, purpose, now);
  return { ...place, query: "", contentType, body: new TextEncoder().encode(change(body)) };
}

test("our own message hears success, and its receipt is written by this installation alone", () => {
  expect(answerToSelfTest(received("answer"), now)).toBe("success");
  const { body, contentType, expected } = makeSelfTest(place, "receipt", now);
  const message = { ...place, query: "", contentType, body: new TextEncoder().encode(body) };
  expect(answerToSelfTest(message, now)).toBe(expected);
  expect(expected).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, (body: string) => string]>([
  ["a field is added", (body) => `${body}&state=2`],
  ["a field is put in front", (body) => `state=2&${body}`],
  ["a letter is changed", (body) => body.replace("Tom", "Tim")],
  ["the purpose is changed", (body) => body.replace("answer", "receipt")],
  ["its end is cut", (body) => body.slice(0, -1)],
  ["its seal is another", (body) => body.replace(/[0-9a-f]{64}/, "0".repeat(64))],
  ["it is a notification", () => "mchOrderNo=1&state=2&sign=0"],
  ["it is empty", () => ""],
])("it is a notification like any other when %s", (_, change) => {
  expect(answerToSelfTest(received("answer", change), now)).toBeNull();
});

test("it counts at its own address, for a minute, with nothing beside it", () => {
  const message = received("answer");
  expect(answerToSelfTest({ ...message, kind: "refund" }, now)).toBeNull();
  expect(answerToSelfTest({ ...message, credentialId: "018f6d2e-0000-7000-8000-000000000002" }, now)).toBeNull();
  expect(answerToSelfTest({ ...message, query: "state=2" }, now)).toBeNull();
  expect(answerToSelfTest({ ...message, contentType: "application/json" }, now)).toBeNull();
  expect(answerToSelfTest(message, new Date(now.getTime() + 60_001))).toBeNull();
  expect(answerToSelfTest(message, new Date(now.getTime() - 60_001))).toBeNull();
});
