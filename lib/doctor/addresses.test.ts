import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import type { Scope } from "@/lib/domain/viewer";
import { answerInstead, type Meddler, neverAnswer, passOnChanged } from "@/lib/testing/meddler";
import { makeWorld, type World } from "@/lib/testing/world";
import { type AddressExamination, examineAddress, type ProbeOptions } from "./examine-address";

let world: World;
let scope: Scope;
let ours: string;
let between: Meddler | null = null;

beforeAll(async () => {
  world = await makeWorld();
  scope = await world.scopeOf("admin");
  ours = new URL(notifyUrls(world.credentialId).payment).origin;
});
afterEach(() => {
  between?.close();
  between = null;
});
afterAll(() => world.close());

async function examined(options: ProbeOptions = {}): Promise<AddressExamination> {
  const result = await examineAddress(scope, world.credentialId, options);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function through(meddler: Promise<Meddler>, options: ProbeOptions = {}): Promise<AddressExamination> {
  between = await meddler;
  return examined({ publicUrl: between.url, ...options });
}

test("an address that works answers exactly success, and shows that it is ours", async () => {
  const { climb, steps } = await examined();
  expect(climb.cause).toMatchObject({ weight: "fine", sentence: expect.stringContaining("answered exactly success") });
  expect(steps.filter(({ result }) => result !== "passed").map(({ name }) => name)).toEqual(["Certificate"]);
  const [kept] = await world.database.sql`select count(*)::int as messages from notifications`;
  expect(kept).toEqual({ messages: 0 });
});

const passing = (body: string) => body;
const stories: [id: string, what: string, meddler: () => Promise<Meddler>, sentence: RegExp][] = [
  [
    "NTF-03",
    "a line end behind the answer",
    () => passOnChanged(ours, { answer: (body) => `${body}\n` }),
    /success with something around it/,
  ],
  [
    "NTF-03",
    "an answer in JSON",
    () => passOnChanged(ours, { answer: () => '{"code":0}' }),
    /is not success, although this console sent it/,
  ],
  [
    "NTF-10",
    "a form that is decoded twice",
    () =>
      passOnChanged(ours, {
        request: ({ body, contentType }) => ({ body: body.replaceAll("%2B", "+"), contentType }),
        answer: passing,
      }),
    /Something on the way changes what is sent/,
  ],
  [
    "NTF-21",
    "a redirect",
    () => answerInstead(301, { location: "https://pay.example.com/api/notify/" }, ""),
    /redirects \(301 to https:\/\/pay\.example\.com/,
  ],
  [
    "NTF-23",
    "a redirect to a login",
    () => answerInstead(302, { location: "https://id.example.com/login" }, ""),
    /HTTP 302 to https:\/\/id\.example\.com\/login/,
  ],
  [
    "NTF-23",
    "a filter",
    () => answerInstead(403, { "content-type": "text/html" }, "<h1>Forbidden</h1>"),
    /answers instead of it: HTTP 403/,
  ],
  [
    "NTF-23",
    "a page",
    () => answerInstead(200, { "content-type": "text/html" }, "<!doctype html>"),
    /HTTP 200 with a page/,
  ],
  ["NTF-02", "another server", () => answerInstead(404, {}, "not here"), /not this console's receiver: HTTP 404/],
  [
    "NTF-02",
    "another installation that says success to everything",
    () => answerInstead(200, {}, "success"),
    /it is not this installation/,
  ],
];

test.each(stories)("%s: %s", async (id, _, meddler, sentence) => {
  const { climb } = await through(meddler());
  expect([climb.cause.id, climb.cause.sentence]).toEqual([id, expect.stringMatching(sentence)]);
  expect(climb.cause.fix.does).not.toBe("");
});

test("NTF-17: nobody answers in time", async () => {
  const { climb } = await through(neverAnswer(), { patienceMs: 200 });
  expect(climb.cause).toMatchObject({ id: "NTF-17", sentence: expect.stringContaining("No answer came") });
});

test("NTF-02: nobody listens", async () => {
  const gone = await neverAnswer();
  gone.close();
  const { climb } = await examined({ publicUrl: gone.url });
  expect(climb.cause).toMatchObject({ id: "NTF-02", sentence: expect.stringContaining("Nobody opens at") });
});

test.each([
  ["http://10.9.8.7", /a private network/],
  ["https://console.internal", /a private network/],
])("NTF-02: %s cannot be reached from outside", async (publicUrl, sentence) => {
  const { climb } = await examined({ publicUrl, patienceMs: 200 });
  expect(climb.cause).toMatchObject({ id: "NTF-02", sentence: expect.stringMatching(sentence) });
});

test("an address that speaks no TLS has no certificate to trust", async () => {
  between = await answerInstead(200, {}, "success");
  const { climb } = await examined({ publicUrl: between.url.replace("http:", "https:") });
  expect(climb.cause).toMatchObject({
    id: "NTF-02",
    sentence: expect.stringContaining("The certificate is not trusted"),
  });
});

test("only who may see credentials may call their address", async () => {
  const result = await examineAddress(await world.scopeOf("operator"), world.credentialId);
  expect(result).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});
