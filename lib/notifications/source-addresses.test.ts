import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readSourcesSeen } from "@/db/queries/notification-sources";
import { changeSources } from "@/lib/credentials/change-credential";
import { openCredential } from "@/lib/credentials/open-credential";
import { SourcesInput } from "@/lib/credentials/sources-input";
import { NotificationId, newMchOrderNo } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { sign } from "@/lib/gateway/signature";
import { askDue } from "@/lib/payments/ask-due";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { receiveNotification } from "./receive-notification";
import { reprocessChosen } from "./reprocess";

let world: World;
let operator: Scope;
let admin: Scope;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
  admin = await world.scopeOf("admin");
});
afterEach(() => listIs("learn", ""));
afterAll(() => world.close());

async function listIs(mode: string, addresses: string): Promise<void> {
  const input = SourcesInput.parse({ credentialId: world.credentialId, mode, addresses });
  expect(await changeSources(admin, input, "203.0.113.9")).toMatchObject({ ok: true });
}

async function order(): Promise<string> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "12.34", subject: "Tea" });
  expect(await createPayment(operator, input)).toMatchObject({ ok: true });
  return mchOrderNo;
}

/** What the gateway would send about a paid order, from wherever. */
async function tell(mchOrderNo: string, sourceAddress: string | null, forged?: string) {
  const credential = await openCredential(world.credentialId);
  if (!credential) throw new Error("no credential");
  const { mchNo, appId, current } = credential;
  const fields = { mchNo, appId, mchOrderNo, amount: "1234", currency: "HKD", state: "2" };
  const body = new URLSearchParams({ ...fields, sign: forged ?? sign(fields, current.secret.reveal()) });
  return receiveNotification({
    ...{ credentialId: world.credentialId, kind: "payment", query: "", headers: [] },
    contentType: "application/x-www-form-urlencoded",
    sourceAddress,
    body: new TextEncoder().encode(body.toString()),
  });
}

const stateOf = async (mchOrderNo: string) => {
  const [row] = await world.database.sql`select state, proven_by from payments where mch_order_no = ${mchOrderNo}`;
  return row;
};
const inboxOf = async (mchOrderNo: string) => {
  const [row] = await world.database.sql`
    select id, verdict, authenticity, effect, deliveries from notifications where order_no = ${mchOrderNo}`;
  return row;
};

test("a signed message from an address outside of the list is kept and moves nothing, and the gateway is asked", async () => {
  await listIs("enforce", "203.0.113.0/24 2001:db8::/32");
  const mchOrderNo = await order();
  expect(await tell(mchOrderNo, "198.51.100.7")).toEqual({ status: 400, reply: "source-refused" });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "source-refused", authenticity: "valid", effect: null });
  expect(await stateOf(mchOrderNo)).toMatchObject({ state: "waiting" });
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  await askDue({ limit: 10, atOnce: 1 });
  expect(await stateOf(mchOrderNo)).toMatchObject({ state: "paid", proven_by: "query" });
});

test("an address of the list is no proof: a bad signature from there is a bad signature", async () => {
  await listIs("enforce", "203.0.113.0/24");
  const mchOrderNo = await order();
  expect(await tell(mchOrderNo, "203.0.113.7", "0".repeat(32))).toEqual({ status: 400, reply: "bad-signature" });
  expect(await tell(mchOrderNo, "198.51.100.7", "1".repeat(32))).toEqual({ status: 400, reply: "bad-signature" });
  expect(await stateOf(mchOrderNo)).toMatchObject({ state: "waiting" });
});

test("the same message from an address of the list is believed, though it was refused from elsewhere before", async () => {
  await listIs("enforce", "203.0.113.0/24");
  const mchOrderNo = await order();
  expect(await tell(mchOrderNo, null)).toMatchObject({ reply: "source-refused" });
  expect(await tell(mchOrderNo, "203.0.113.200")).toEqual({ status: 200, reply: "success" });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "valid", effect: "waiting>paid", deliveries: 2 });
  // What was believed once stays so, whoever repeats it.
  expect(await tell(mchOrderNo, "198.51.100.7")).toMatchObject({ reply: "success" });
  expect(await stateOf(mchOrderNo)).toMatchObject({ state: "paid", proven_by: "notification" });
});

test("after its address was added, a refused message is processed again and moves its order", async () => {
  await listIs("enforce", "203.0.113.0/24");
  const mchOrderNo = await order();
  await tell(mchOrderNo, "2001:db8::7");
  await listIs("enforce", "203.0.113.0/24, 2001:db8::/32");
  const id = NotificationId.parse((await inboxOf(mchOrderNo))?.["id"]);
  expect(await reprocessChosen(operator, [id], null)).toMatchObject({ ok: true });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "valid", effect: "waiting>paid" });
});

test("while the list learns, every address is believed and shown with its count, first and last", async () => {
  const credential = await openCredential(world.credentialId);
  if (!credential) throw new Error("no credential");
  for (const address of ["192.0.2.1", "192.0.2.1", "2001:db8::1"]) {
    expect(await tell(await order(), address)).toMatchObject({ reply: "success" });
  }
  await tell(await order(), "192.0.2.1", "2".repeat(32));
  const seen = await readSourcesSeen(credential);
  const at = (address: string) => seen.find((source) => source.address === address);
  expect(at("192.0.2.1")).toMatchObject({ messages: 3, proven: 2, first: expect.any(Date), last: expect.any(Date) });
  expect(at("2001:db8::1")).toMatchObject({ messages: 1, proven: 1 });
});

test("a list that is to be enforced cannot be empty, and what it holds must be addresses", () => {
  const typed = { credentialId: world.credentialId, mode: "enforce", addresses: "203.0.113.7" };
  expect(SourcesInput.safeParse(typed).success).toBe(true);
  for (const wrong of [{ addresses: "" }, { addresses: "gateway.example" }, { mode: "off" }]) {
    expect(SourcesInput.safeParse({ ...typed, ...wrong }).success).toBe(false);
  }
});
