import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findGatewayErrors } from "@/db/queries/alert-findings";
import { groupTroubles } from "@/db/queries/call-troubles";
import { listCalls, readCallFilter } from "@/db/queries/calls";
import { forgetCredential } from "@/lib/credentials/open-credential";
import { fewestCalls } from "@/lib/domain/alerts";
import { newMchOrderNo } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { makeWorld, type World } from "@/lib/testing/world";
import { sendComposed } from "./send-composed";
import { mostSendings } from "./send-limits";
import type { Composition } from "./write-request";

let world: World;
let scope: Scope;

beforeAll(async () => {
  world = await makeWorld("test");
  scope = await world.scopeOf("operator");
});

afterEach(async () => world.sandbox.clearFaults());
afterAll(async () => world.close());

async function send(operation: string, composition: Composition, as: Scope = scope) {
  return sendComposed(as, { operation, credentialId: world.credentialId, composition }, "192.0.2.7");
}

async function sent(operation: string, composition: Composition, as: Scope = scope) {
  const result = await send(operation, composition, as);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function inFields(values: Record<string, string>): Composition {
  return { by: "fields", encoding: "json", values };
}

function order(mchOrderNo: string): Record<string, string> {
  return { mchOrderNo, wayCode: "WX_QR", amount: "4200", currency: "HKD", subject: "Tea", body: "Two cups" };
}

const anything = { from: null, to: null, operation: null, credentialId: null };

test("an order is made at the gateway, asked about and refunded by hand, and nothing here has become a payment", async () => {
  const mchOrderNo = newMchOrderNo();
  const { call } = await sent("unifiedOrder", inFields(order(mchOrderNo)));
  expect(call).toMatchObject({ outcome: "ok", verification: "valid", payment: null, refund: null });
  await world.sandbox.control("pay", { mchOrderNo });
  const question = await sent("query", inFields({ mchOrderNo }));
  expect(question.call).toMatchObject({ outcome: "ok", verification: "valid" });
  expect(question.call.answerText).toContain('"state":2');
  expect(question.explanation.next).toContain("asked by hand");
  const money = { refundAmount: "4200", currency: "HKD", refundReason: "By hand" };
  const refund = await sent(
    "refundOrder",
    inFields({ mchOrderNo, mchRefundNo: `R${mchOrderNo}`.slice(0, 30), ...money }),
  );
  expect(refund.call.outcome).toBe("ok");
  expect(refund.explanation.next).toContain("no payment or refund of ours");
  const [rows] = await world.database.sql`
    select (select count(*) from payments)::int as payments, (select count(*) from refunds)::int as refunds,
      (select count(*) from timeline_entries)::int as entries`;
  expect(rows).toEqual({ payments: 0, refunds: 0, entries: 0 });
});

test("a form is understood as well, and the list of calls names who wrote it", async () => {
  const { call } = await sent("unifiedOrder", { by: "fields", encoding: "form", values: order(newMchOrderNo()) });
  expect(call).toMatchObject({ outcome: "ok", encoding: "form", composedBy: { name: "Mei Lam" } });
  const { rows } = await listCalls(scope, {
    filter: readCallFilter({}),
    window: { sort: { by: "recordedAt", direction: "desc" }, after: null, before: null },
  });
  expect(rows.find(({ id }) => id === call.id)?.composedBy).toBe("Mei Lam");
});

test("a wrong sign goes out on purpose, its refusal is explained, and nobody is alarmed by it", async () => {
  const body = `{"mchOrderNo":"${newMchOrderNo()}","mchNo":"M1","appId":"a1","reqTime":1,"version":"1.0","signType":"MD5","sign":"0"}`;
  const unknown = await sent("query", { by: "as-is", encoding: "json", body });
  expect(unknown.call.sentBody).toBe(body);
  expect(unknown.explanation.translation?.english).toContain("does not exist");
  const { mchNo, appId } = (await sent("query", inFields({ mchOrderNo: "none" }))).call.requestFields;
  const ours = body.replace('"M1"', JSON.stringify(mchNo)).replace('"a1"', JSON.stringify(appId));
  const refused = await sent("query", { by: "as-is", encoding: "json", body: ours });
  expect(refused.call).toMatchObject({ outcome: "refused", sentSign: "0", signedText: "", sentBody: ours });
  expect(refused.explanation).toMatchObject({ isSignatureRefused: true });
  expect(refused.explanation.translation?.english).toBe("Signature verification failed");
  expect((await groupTroubles(scope, anything)).groups).toEqual([]);
});

test("an answer that nobody should believe is shown as such", async () => {
  await world.sandbox.control("faults", { kind: "wrong-secret", operation: "query", times: 1 });
  const mchOrderNo = newMchOrderNo();
  await sent("unifiedOrder", inFields(order(mchOrderNo)));
  const { call } = await sent("query", inFields({ mchOrderNo }));
  expect(call).toMatchObject({ outcome: "bad-signature", verification: "invalid" });
});

test("its audit line stands before anything leaves, and what found nobody is kept and alarms nobody", async () => {
  const audited: number[] = [];
  const gateway = createServer(async (_, response) => {
    const rows = await world.database.sql`
      select details from audit_entries where action = 'composer.sent' and details->>'written' = 'signed'`;
    audited.push(rows.length);
    response.destroy();
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  const [before] = await world.database.sql`select base_url as url from credentials where id = ${world.credentialId}`;
  const at = async (url: string) => {
    await world.database.sql`update credentials set base_url = ${url} where id = ${world.credentialId}`;
    forgetCredential(world.credentialId);
  };
  try {
    await at(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}`);
    const composition: Composition = { by: "signed", encoding: "json", body: '{"mchOrderNo":"A1"}' };
    const broken = await sent("query", composition);
    expect(audited).toEqual([1]);
    expect(broken.call).toMatchObject({ outcome: "interrupted", httpStatus: null, answerText: null });
    gateway.closeAllConnections();
    await new Promise((resolve) => gateway.close(resolve));
    expect((await sent("close", composition)).call.outcome).toBe("unreachable");
    // As many failures as would open an alert, had the product itself asked.
    for (let count = 0; count < fewestCalls; count++) await sent("close", composition);
    expect(await findGatewayErrors({ environment: "test", least: 1, minutes: 60 })).toEqual([]);
    await world.database.sql`update gateway_calls set composed_by = null where operation = 'close'`;
    expect(await findGatewayErrors({ environment: "test", least: 1, minutes: 60 })).toHaveLength(1);
  } finally {
    await at(String(before?.["url"]));
  }
});

test("a person may send so many, and the first one too many is in the audit instead of on its way", async () => {
  const person = await world.scopeOf("admin");
  const key = `composer:test:${person.viewer.personId}`;
  await world.database.sql`
    insert into sign_in_limits (key, failures, window_ends_at)
    values (${key}, ${mostSendings.test - 1}, now() + interval '10 minutes')`;
  expect((await sent("query", inFields({ mchOrderNo: "A1" }), person)).sendingsLeft).toBe(0);
  const [refused, again] = [
    await send("query", inFields({ mchOrderNo: "A1" }), person),
    await send("query", inFields({ mchOrderNo: "A1" }), person),
  ];
  expect([refused, again]).toMatchObject([{ ok: false }, { ok: false, error: { kind: "too-many-sendings" } }]);
  const rows = await world.database.sql`
    select action, subject from audit_entries where actor = ${person.viewer.personId} order by at, id`;
  expect(rows.map(({ action }) => action)).toEqual(["composer.sent", "composer.limited"]);
  const calls = await world.database.sql`
    select 'call:' || id as subject from gateway_calls where composed_by = ${person.viewer.personId}`;
  expect(calls.map(({ subject }) => subject)).toEqual([rows[0]?.["subject"]]);
});

test("support may not, a foreign credential is none, and what the protocol has not is not sent", async () => {
  const support = await world.scopeOf("support");
  expect(await send("query", inFields({ mchOrderNo: "A1" }), support)).toMatchObject({
    error: { kind: "not-allowed" },
  });
  const foreign = { operation: "query", credentialId: crypto.randomUUID(), composition: inFields({}) };
  expect(await sendComposed(scope, foreign, null)).toMatchObject({ error: { kind: "no-credential" } });
  expect(await send("channelUserId", inFields({}))).toMatchObject({ error: { kind: "operation-not-offered" } });
  const long: Composition = { by: "as-is", encoding: "json", body: "x".repeat(65_537) };
  expect(await send("query", long)).toMatchObject({ error: { kind: "too-long" } });
});
