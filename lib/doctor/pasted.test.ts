import { afterAll, beforeAll, expect, test } from "vitest";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { newMchOrderNo } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { mostSearches } from "@/lib/signature-cases/search-limits";
import { appOfWorld, orderAtTill, type TillApp } from "@/lib/testing/till";
import { makeWorld, type World } from "@/lib/testing/world";
import { examinePasted } from "./examine-pasted";

let world: World;
let scope: Scope;
let app: TillApp;
let address: string;
/** A genuine message about an order that waits here, as the gateway wrote it and could not deliver it. */
let body: string;

beforeAll(async () => {
  world = await makeWorld();
  scope = await world.scopeOf("operator");
  app = await appOfWorld(world);
  address = notifyUrls(world.credentialId).payment;
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "12.34", subject: "Tea" });
  await createPayment(scope, input);
  await world.sandbox.control("faults", { kind: "silent", mchOrderNo });
  await world.sandbox.control("pay", { mchOrderNo });
  const order = (await world.sandbox.control(`orders/${mchOrderNo}`)) as { notifications: { body: string }[] };
  body = order.notifications[0]?.body ?? "";
});
afterAll(() => world.close());

async function examined(pasted: string) {
  const result = await examinePasted(scope, pasted, null);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const raw = (sent: string, type = "application/x-www-form-urlencoded;charset=UTF-8") =>
  `POST ${new URL(address).pathname} HTTP/1.1\r\nHost: pay.example.com\r\nContent-Type: ${type}\r\n\r\n${sent}`;
const asJson = () => JSON.stringify(Object.fromEntries(new URLSearchParams(body)));

test.each<[string, () => string, string, string]>([
  ["raw HTTP", () => raw(body), "http", "address"],
  ["a curl command", () => `curl -X POST '${address}' --data-raw '${body}'`, "curl", "address"],
  ["a form body", () => body, "form", "appId"],
  ["a JSON body", asJson, "json", "appId"],
])("%s is answered as the receiver would", async (_, pasted, readAs, chosenBy) => {
  const result = await examined(pasted());
  expect(result).toMatchObject({ readAs, chosenBy, verdict: "valid", answered: { status: 200, reply: "success" } });
  expect(result.climb.cause.sentence).toContain("it would be answered success and agrees with our order");
});

test("nothing of it is stored, and the order waits as before", async () => {
  await examined(raw(body));
  const [row] = await world.database.sql`
    select (select count(*)::int from notifications) as messages, (select state from payments limit 1) as state`;
  expect(row).toMatchObject({ messages: 0, state: "waiting" });
});

test("NTF-05: fields in the query are read", async () => {
  const { answered, climb } = await examined(`POST ${address}?${body} HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(answered.reply).toBe("success");
  expect(climb.remarks.map(({ id }) => id)).toContain("NTF-05");
});

test("NTF-20: the payer's browser coming back is no notification", async () => {
  const mchOrderNo = await orderAtTill(world, app, { returnUrl: address, wayCode: "UP_OP" });
  const { token } = (await world.sandbox.control(`orders/${mchOrderNo}`)) as { token: string };
  const decided = await fetch(`${world.sandbox.url}/cashier/${token}`, {
    method: "POST",
    body: new URLSearchParams({ action: "pay" }),
    redirect: "manual",
  });
  const back = String(decided.headers.get("location"));
  const { answered, climb } = await examined(back);
  expect(answered).toEqual({ status: 405, reply: "only POST" });
  expect(climb.cause).toMatchObject({ id: "NTF-20", sentence: expect.stringContaining("This is a GET") });
});

test("a changed sum breaks the signature, and the right one is told to nobody", async () => {
  const forged = body.replace("amount=1234", "amount=1");
  const result = await examined(raw(forged));
  expect(result).toMatchObject({ verdict: "bad-signature", answered: { status: 400, reply: "bad-signature" } });
  expect(result.climb.cause.id).toBe("NTF-13");
  const received = new URLSearchParams(body).get("sign") ?? "";
  const digests = JSON.stringify(result).match(/[0-9A-F]{32}/g) ?? [];
  expect(digests.filter((digest) => digest !== received)).toEqual([]);
});

test("what names no credential of ours would not be taken", async () => {
  const result = await examinePasted(scope, '{"appId":"000000000000000000000000","state":2,"sign":"0"}', null);
  expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining("404") } });
});

test.each([
  ["nothing", "   "],
  ["a greeting", "Good morning"],
  ["too much", "x".repeat(70_000)],
])("%s is no request", async (_, pasted) => {
  expect((await examinePasted(scope, pasted, null)).ok).toBe(false);
});

test("who may not search with stored keys may not have a request examined", async () => {
  const support = await world.scopeOf("support");
  expect(await examinePasted(support, raw(body), null)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  const production = { ...scope, environment: "production" } as Scope;
  expect(await examinePasted(production, raw(body), null)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
});

test("it is a search with stored secrets: each is in the audit, and a person makes no more of them than there", async () => {
  const other = await world.scopeOf("operator");
  expect((await examinePasted(other, raw(body), "192.0.2.7")).ok).toBe(true);
  const [entry] = await world.database.sql`
    select action, environment, subject from audit_entries where actor = ${other.viewer.personId}`;
  const subject = `credential:${world.credentialId}`;
  expect(entry).toMatchObject({ action: "debugger.searched", environment: "test", subject });
  for (let search = 1; search < mostSearches.test; search += 1) await examinePasted(other, raw(body), null);
  expect(await examinePasted(other, raw(body), null)).toMatchObject({
    ok: false,
    error: { kind: "too-many-searches" },
  });
});
