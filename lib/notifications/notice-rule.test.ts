import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addCredential } from "@/lib/credentials/add-credential";
import { changeNoticeRule } from "@/lib/credentials/change-credential";
import { NewCredential } from "@/lib/credentials/credential-input";
import { newMchOrderNo } from "@/lib/domain/ids";
import { type NoticeRule, usualNoticeRule } from "@/lib/domain/notice-rule";
import type { Scope } from "@/lib/domain/viewer";
import { sign } from "@/lib/gateway/signature";
import { askDue } from "@/lib/payments/ask-due";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { keepRefused } from "./keep-refused";
import { receiveNotification } from "./receive-notification";

let world: World;
let operator: Scope;
let admin: Scope;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
  admin = await world.scopeOf("admin");
});
afterEach(async () => {
  await world.sandbox.clearFaults();
  await ruleIs(usualNoticeRule);
});
afterAll(() => world.close());

async function ruleIs(rule: NoticeRule): Promise<void> {
  expect(await changeNoticeRule(admin, { credentialId: world.credentialId, rule }, "203.0.113.9")).toMatchObject({
    ok: true,
  });
}

async function order(amount: string): Promise<string> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount, subject: "Tea" });
  expect(await createPayment(operator, input)).toMatchObject({ ok: true });
  return mchOrderNo;
}

const pay = (mchOrderNo: string) => world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
const inboxOf = async (mchOrderNo: string) => {
  const [row] = await world.database.sql`
    select verdict, effect, is_held, deliveries, authenticity from notifications where order_no = ${mchOrderNo}`;
  return row;
};
const paymentOf = async (mchOrderNo: string) => {
  const [row] = await world.database.sql`
    select state, proven_by, attention, gateway_state, next_ask_at <= now() as "isAskedNow" from payments
    where mch_order_no = ${mchOrderNo}`;
  return row;
};

test("a payment up to the usual amount is paid by its notification", async () => {
  const mchOrderNo = await order("10000.00");
  await pay(mchOrderNo);
  expect(await paymentOf(mchOrderNo)).toMatchObject({ state: "paid", proven_by: "notification" });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "valid", effect: "waiting>paid", is_held: false });
});

test("a dearer one is not: the notification is stored and answered, and the gateway is asked at once", async () => {
  const mchOrderNo = await order("10000.01");
  const paid = await pay(mchOrderNo);
  expect(await paymentOf(mchOrderNo)).toMatchObject({ state: "waiting", gateway_state: 1, isAskedNow: true });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "valid", effect: null, is_held: true });
  expect(JSON.stringify(paid)).not.toContain("refused");
  await askDue({ limit: 50, atOnce: 4 });
  expect(await paymentOf(mchOrderNo)).toMatchObject({ state: "paid", proven_by: "query" });
});

test("whoever repeats a message that may not move anything alone makes us ask once", async () => {
  await ruleIs({ payments: 0, refunds: 0 });
  const mchOrderNo = await order("12.34");
  await pay(mchOrderNo);
  await world.database.sql`
    update payments set last_asked_at = now(), next_ask_at = now() + interval '1 hour' where mch_order_no = ${mchOrderNo}`;
  await world.sandbox.control("notify", { mchOrderNo, times: 20 });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ deliveries: 21, is_held: true, effect: null });
  expect(await paymentOf(mchOrderNo)).toMatchObject({ state: "waiting", isAskedNow: false });
});

test("late money that may not be believed alone is loud, and moves nothing", async () => {
  await ruleIs({ payments: 0, refunds: 0 });
  const mchOrderNo = await order("12.34");
  await world.database.sql`update payments set state = 'closed' where mch_order_no = ${mchOrderNo}`;
  await pay(mchOrderNo);
  expect(await paymentOf(mchOrderNo)).toMatchObject({ state: "closed", attention: "contradiction", isAskedNow: true });
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "late", effect: null, is_held: true });
});

test("with the rule that a notification is enough, any amount is", async () => {
  await ruleIs({ payments: null, refunds: null });
  const mchOrderNo = await order("20000.00");
  await pay(mchOrderNo);
  expect(await paymentOf(mchOrderNo)).toMatchObject({ state: "paid", proven_by: "notification" });
  const [entry] = await world.database.sql`
    select actor, address, details from audit_entries where action = 'credential.notice-rule-changed' order by id desc limit 1`;
  expect(entry).toMatchObject({ actor: admin.viewer.personId, details: { paymentsUpTo: "any", refundsUpTo: "any" } });
});

test("a genuine message of the other environment is kept apart: nothing here moves or is asked", async () => {
  const mchOrderNo = await order("12.34");
  const secret = `sk-invented-${crypto.randomUUID()}`;
  const merchant = await world.sandbox.control("merchants", {
    environment: "production",
    apps: [{ name: "Till", secret }],
  });
  const [app] = merchant["apps"] as { appId: string }[];
  const added = await addCredential(
    { actor: { kind: "script" }, address: null },
    "production",
    NewCredential.parse({
      ...{
        label: "Till",
        baseUrl: world.sandbox.url,
        mchNo: merchant["mchNo"],
        appId: app?.appId,
        secret,
        wayCodes: "",
      },
    }),
  );
  expect(added).toMatchObject({ ok: true });
  const before = await paymentOf(mchOrderNo);
  const fields = {
    mchNo: String(merchant["mchNo"]),
    appId: app?.appId ?? "",
    mchOrderNo,
    amount: "1234",
    currency: "HKD",
    state: "2",
  };
  const deliver = (key: string) =>
    receiveNotification({
      ...{ credentialId: world.credentialId, kind: "payment", query: "", headers: [], sourceAddress: null },
      contentType: "application/x-www-form-urlencoded",
      body: new TextEncoder().encode(new URLSearchParams({ ...fields, sign: sign(fields, key) }).toString()),
    });
  expect(await deliver(secret)).toEqual({ status: 400, reply: "wrong-environment" });
  expect(await paymentOf(mchOrderNo)).toEqual(before);
  expect(await inboxOf(mchOrderNo)).toMatchObject({ verdict: "wrong-environment", authenticity: "wrong-environment" });
  const [linked] = await world.database.sql`select payment_id from notifications where order_no = ${mchOrderNo}`;
  expect(linked).toEqual({ payment_id: null });
  expect(await deliver("a guess")).toEqual({ status: 400, reply: "bad-signature" });
});

test("what was refused before it was read is noted once an hour and sender, without a byte of it", async () => {
  const now = new Date();
  const refused = {
    ...{ credentialId: world.credentialId, kind: "payment", query: "", contentType: "text/plain" },
    headers: [["content-length", "150000000"]] as [string, string][],
    sourceAddress: "203.0.113.66",
    why: "too-large" as const,
  };
  for (let count = 0; count < 5; count += 1) await keepRefused(refused, now);
  await keepRefused({ ...refused, why: "too-slow" }, now);
  await keepRefused({ ...refused, credentialId: crypto.randomUUID() }, now);
  const rows = await world.database.sql`
    select verdict, authenticity, deliveries, octet_length(b.body) as size from notifications n
    join notification_bodies b on b.id = n.id where source_address = '203.0.113.66' order by authenticity`;
  expect(rows).toEqual([
    { verdict: "refused", authenticity: "too-large", deliveries: 5, size: 0 },
    { verdict: "refused", authenticity: "too-slow", deliveries: 1, size: 0 },
  ]);
});

test("each delivery of a message is noted with its time and what it was taken for", async () => {
  const mchOrderNo = await order("12.34");
  await pay(mchOrderNo);
  await world.sandbox.control("notify", { mchOrderNo, times: 30 });
  const [row] = await world.database.sql`select tries, deliveries from notifications where order_no = ${mchOrderNo}`;
  const tries = row?.["tries"] as [number, string | null, string, number][];
  expect(row?.["deliveries"]).toBe(31);
  expect(tries).toHaveLength(24);
  expect(tries[0]).toEqual([expect.any(Number), "127.0.0.1", "valid", expect.any(Number)]);
});
