import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyPaymentNews } from "@/db/commands/apply-payment-news";
import { listDeliveries, readDeliveryFilter } from "@/db/queries/event-deliveries";
import { findDelivery } from "@/db/queries/event-delivery-page";
import { findEndpoint, listEndpoints } from "@/db/queries/event-endpoints";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeInbox, makeMerchant, makePayment, type TestMerchant } from "@/db/testing/rows";
import { EventType, mostAttempts } from "@/lib/domain/events";
import { type EventEndpointId, newId, PersonId, RefundId, SessionId } from "@/lib/domain/ids";
import { readListWindow } from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { addEndpoint } from "./add-endpoint";
import { changeEndpoint, endKeyOverlap, replaceEndpointKey, setEndpointActive } from "./change-endpoint";
import { deliverDue } from "./deliver-due";
import { NewEndpoint } from "./endpoint-input";
import { forgetOldDeliveries } from "./forget-deliveries";
import { sendAgain, sendTestEvent } from "./send-now";

type Received = { path: string; headers: IncomingHttpHeaders; body: string };

let database: TestDatabase;
let receiver: Server;
let received: Received[];
/** The statuses that are answered, one after the other; the last one stays. */
let statuses: number[];
let retryAfter: string | null;

beforeAll(async () => {
  database = await testDatabase();
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
    response
      .writeHead(status, { location: "/elsewhere", ...(retryAfter === null ? {} : { "retry-after": retryAfter }) })
      .end(`answer ${status}`);
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  receiver.close();
  await database.close();
});

beforeEach(async () => {
  received = [];
  statuses = [200];
  retryAfter = null;
  // What earlier tests left waiting must not take the answers of this one.
  await database.sql`update event_endpoints set is_active = false`;
});

/** A merchant of its own with an endpoint, and an admin who may change it. */
async function makeShop(types: readonly EventType[] = EventType.options) {
  const merchant = await makeMerchant(database.sql);
  const scope = scopeOf(merchant);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${merchant.mchNo}`;
  const input = { merchantId: merchant.merchantId, label: "Shop", url, eventTypes: types };
  const added = await addEndpoint(scope, NewEndpoint.parse(input), null);
  if (!added.ok) throw new Error(added.error.message);
  const heard = () => received.filter(({ path }) => path === `/${merchant.mchNo}`);
  return { merchant, scope, heard, ...added.value };
}

function scopeOf({ merchantId, mchNo }: TestMerchant, role = "admin"): Scope {
  const viewer = { personId: newId(PersonId), sessionId: newId(SessionId), name: "Mei Lam", email: "", role };
  return { viewer, environment: "test", merchants: [{ merchantId, mchNo, label: "" }] } as unknown as Scope;
}

async function payIn(merchant: TestMerchant) {
  const payment = await makePayment(database.sql, merchant);
  await applyPaymentNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { mchOrderNo: payment.mchOrderNo },
    news: {
      to: "paid",
      provenBy: "notification",
      gatewayState: 2,
      mchOrderNo: null,
      payOrderId: null,
      channelOrderNo: null,
      amount: 1234,
      currency: "HKD",
      errCode: null,
      errMsg: null,
      paidAt: null,
      payDataType: null,
      payData: null,
    },
    evidence: { by: "notification", inbox: makeInbox(merchant.credentialId, payment.mchOrderNo) },
    nextAsk: "keep",
  });
  return payment;
}

const work = () => deliverDue({ limit: 50, atOnce: 4 });

/** What waits for a later attempt is due now. */
async function letTimePass(merchant: TestMerchant) {
  await database.sql`update event_deliveries set next_attempt_at = now()
    where merchant_id = ${merchant.merchantId} and next_attempt_at is not null`;
}

async function deliveriesOf(scope: Scope, params: Record<string, string> = {}) {
  const window = readListWindow({}, ["createdAt"]);
  return (await listDeliveries(scope, { filter: readDeliveryFilter(params), window })).rows;
}

function signatureBy(key: string, { headers, body }: Received): string {
  const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const bytes = Buffer.from(key.replace("whsec_", ""), "base64");
  return `v1,${createHmac("sha256", bytes).update(text).digest("base64")}`;
}

test("a payment that is paid reaches the shop once, signed with the key that was shown", async () => {
  const shop = await makeShop();
  const payment = await payIn(shop.merchant);
  await work();
  await work();
  const [message, ...more] = shop.heard();
  if (!message) throw new Error("nothing came");
  expect(more).toEqual([]);
  expect(message.headers["webhook-signature"]).toBe(signatureBy(shop.key, message));
  expect(JSON.parse(message.body)).toMatchObject({
    type: "payment.paid",
    data: { environment: "test", payment: { mchOrderNo: payment.mchOrderNo, amount: 1234, state: "paid" } },
  });
  const [delivery] = await deliveriesOf(shop.scope);
  expect(delivery).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 200, type: "payment.paid" });
});

test("a receiver that asks for an hour gets it, one that asks for a year gets the longest pause of the plan", async () => {
  for (const [asked, least, most] of [
    ["3600", 59, 60],
    ["31536000", 599, 600],
  ] as const) {
    const shop = await makeShop();
    [statuses, retryAfter] = [[503], asked];
    await payIn(shop.merchant);
    await work();
    const [row] = await database.sql`select extract(epoch from next_attempt_at - now()) / 60 as minutes
      from event_deliveries where merchant_id = ${shop.merchant.merchantId}`;
    expect(Number(row?.minutes), asked).toBeGreaterThan(least);
    expect(Number(row?.minutes), asked).toBeLessThanOrEqual(most);
    await database.sql`update event_endpoints set is_active = false`;
  }
});

test("the page of a payment or refund leads to the events it caused, and to no others", async () => {
  const shop = await makeShop();
  const [payment] = [await payIn(shop.merchant), await payIn(shop.merchant)];
  await work();
  expect(await deliveriesOf(shop.scope)).toHaveLength(2);
  expect(await deliveriesOf(shop.scope, { payment: payment.id })).toMatchObject([{ paymentId: payment.id }]);
  expect(await deliveriesOf(shop.scope, { refund: newId(RefundId) })).toEqual([]);
});

test("what ended more than thirty days ago is deleted a few at a time, and what is still due is not", async () => {
  const shop = await makeShop();
  const count = async () => {
    const [row] = await database.sql`select
      (select count(*)::int from events where merchant_id = ${shop.merchant.merchantId}) as events,
      (select count(*)::int from event_deliveries where merchant_id = ${shop.merchant.merchantId}) as deliveries,
      (select count(*)::int from event_attempts where merchant_id = ${shop.merchant.merchantId}) as attempts`;
    return row;
  };
  for (let sent = 0; sent < 3; sent += 1) await payIn(shop.merchant);
  await work();
  statuses = [500];
  await payIn(shop.merchant);
  await work();
  expect(await count()).toEqual({ events: 4, deliveries: 4, attempts: 4 });
  const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000);
  expect(await forgetOldDeliveries({ now: inDays(29), limit: 10 })).toBe(0);
  await forgetOldDeliveries({ now: inDays(31), limit: 2 });
  expect(await count()).toEqual({ events: 2, deliveries: 2, attempts: 2 });
  while ((await forgetOldDeliveries({ now: inDays(31), limit: 2 })) > 0);
  expect(await count()).toEqual({ events: 1, deliveries: 1, attempts: 1 });
});

test("after a failure the same event comes again: same id, same body, fresh time", async () => {
  const shop = await makeShop();
  statuses = [500, 200];
  await payIn(shop.merchant);
  await work();
  const [waiting] = await deliveriesOf(shop.scope, { state: "due" });
  expect(waiting).toMatchObject({ attempts: 1, lastOutcome: "http-error", lastStatus: 500 });
  expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(waiting?.createdAt.getTime() ?? 0);
  await letTimePass(shop.merchant);
  await work();
  const [first, second] = shop.heard();
  if (!first || !second) throw new Error("it did not come again");
  expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
  expect(second.body).toBe(first.body);
  expect(second.headers["webhook-signature"]).toBe(signatureBy(shop.key, second));
  expect(await deliveriesOf(shop.scope, { state: "delivered" })).toHaveLength(1);
});

test("a redirect is a failure, and nobody goes there", async () => {
  const shop = await makeShop();
  statuses = [302];
  await payIn(shop.merchant);
  await work();
  expect(received.map(({ path }) => path)).not.toContain("/elsewhere");
  expect((await deliveriesOf(shop.scope))[0]).toMatchObject({ state: "due", lastOutcome: "redirected" });
});

test("after the last attempt it is given up, with every answer kept", async () => {
  const shop = await makeShop();
  statuses = [503];
  await payIn(shop.merchant);
  for (let attempt = 0; attempt < mostAttempts + 2; attempt += 1) {
    await work();
    await letTimePass(shop.merchant);
  }
  expect(shop.heard()).toHaveLength(mostAttempts);
  const [row] = await deliveriesOf(shop.scope);
  expect(row).toMatchObject({ state: "given-up", attempts: mostAttempts, nextAttemptAt: null });
  const details = row && (await findDelivery(shop.scope, row.id));
  expect(details?.attemptsMade).toHaveLength(mostAttempts);
  expect(details?.attemptsMade[0]).toMatchObject({ outcome: "http-error", httpStatus: 503, answerText: "answer 503" });
});

test("several workers at once send each event once", async () => {
  const shop = await makeShop();
  for (let count = 0; count < 12; count += 1) await payIn(shop.merchant);
  await Promise.all([work(), work(), work(), work()]);
  await Promise.all([work(), work(), work(), work()]);
  await Promise.all([work(), work(), work(), work()]);
  const ids = shop.heard().map(({ headers }) => headers["webhook-id"]);
  expect(ids).toHaveLength(12);
  expect(new Set(ids).size).toBe(12);
});

test("a worker that dies while it sends is made up for when its lease has run out", async () => {
  const shop = await makeShop();
  await payIn(shop.merchant);
  statuses = [500];
  await work();
  const claim = crypto.randomUUID();
  await database.sql`update event_deliveries set claim = ${claim}, next_attempt_at = now() - interval '1 second'
    where merchant_id = ${shop.merchant.merchantId}`;
  statuses = [200];
  await work();
  expect(await deliveriesOf(shop.scope, { state: "delivered" })).toHaveLength(1);
});

test("an endpoint that says it is gone is taken out of use, and nothing waits for it any more", async () => {
  const shop = await makeShop();
  statuses = [500, 410];
  await payIn(shop.merchant);
  await work();
  await payIn(shop.merchant);
  await work();
  expect(await findEndpoint(shop.scope, shop.endpointId)).toMatchObject({ isActive: false, stoppedBecause: "gone" });
  expect((await deliveriesOf(shop.scope)).map(({ state }) => state)).toEqual(["given-up", "given-up"]);
  await letTimePass(shop.merchant);
  await work();
  expect(shop.heard()).toHaveLength(2);
});

test("one of two endpoints that fails does not keep the other from hearing", async () => {
  const shop = await makeShop();
  const dead = { merchantId: shop.merchant.merchantId, label: "Old", url: "http://127.0.0.1:1/" };
  await addEndpoint(shop.scope, NewEndpoint.parse({ ...dead, eventTypes: EventType.options }), null);
  await payIn(shop.merchant);
  await work();
  const states = (await deliveriesOf(shop.scope)).map(({ endpointLabel, state }) => [endpointLabel, state]);
  expect(states.sort()).toEqual([
    ["Old", "due"],
    ["Shop", "delivered"],
  ]);
});

test("only the types that were ticked arrive", async () => {
  const shop = await makeShop(["refund.failed"]);
  await payIn(shop.merchant);
  await work();
  expect(shop.heard()).toEqual([]);
  await changeEndpoint(shop.scope, { endpointId: shop.endpointId, label: "Shop", eventTypes: ["payment.paid"] }, null);
  await payIn(shop.merchant);
  await work();
  expect(shop.heard()).toHaveLength(1);
});

test("out of use means silence, and what waited does not come later by surprise", async () => {
  const shop = await makeShop();
  statuses = [500];
  await payIn(shop.merchant);
  await work();
  await setEndpointActive(shop.scope, { endpointId: shop.endpointId, isActive: false }, null);
  await payIn(shop.merchant);
  await setEndpointActive(shop.scope, { endpointId: shop.endpointId, isActive: true }, null);
  await letTimePass(shop.merchant);
  await work();
  expect(shop.heard()).toHaveLength(1);
  expect((await deliveriesOf(shop.scope)).map(({ state }) => state)).toEqual(["given-up"]);
});

test("a test by a person is a real event, sent at once and only once", async () => {
  const shop = await makeShop(["refund.failed"]);
  statuses = [500];
  const sent = await sendTestEvent(shop.scope, { endpointId: shop.endpointId }, null);
  const [message] = shop.heard();
  if (!message || !sent.ok) throw new Error("nothing came");
  expect(message.headers["webhook-signature"]).toBe(signatureBy(shop.key, message));
  expect(JSON.parse(message.body)).toMatchObject({ type: "ping", data: { mchNo: shop.merchant.mchNo } });
  await letTimePass(shop.merchant);
  await work();
  expect(shop.heard()).toHaveLength(1);
  expect(await findDelivery(shop.scope, sent.value)).toMatchObject({ state: "given-up", event: { type: "ping" } });
});

test("what is sent again by hand keeps its id, so that the shop can see that it knows it", async () => {
  const shop = await makeShop();
  await payIn(shop.merchant);
  await work();
  const [row] = await deliveriesOf(shop.scope);
  if (!row) throw new Error("no delivery");
  expect(await sendAgain(shop.scope, { deliveryId: row.id }, null)).toMatchObject({ ok: true });
  const [first, second] = shop.heard();
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(second?.body).toBe(first?.body);
  expect((await findDelivery(shop.scope, row.id))?.attemptsMade.map(({ actor }) => actor)).toEqual([
    shop.scope.viewer.personId,
    "worker",
  ]);
  await setEndpointActive(shop.scope, { endpointId: shop.endpointId, isActive: false }, null);
  expect(await sendAgain(shop.scope, { deliveryId: row.id }, null)).toMatchObject({ ok: false });
});

test("while a key is changed over both sign, and afterwards the new one alone", async () => {
  const shop = await makeShop();
  const next = await replaceEndpointKey(shop.scope, { endpointId: shop.endpointId }, null);
  if (!next.ok) throw new Error(next.error.message);
  await payIn(shop.merchant);
  await work();
  await endKeyOverlap(shop.scope, { endpointId: shop.endpointId }, null);
  await payIn(shop.merchant);
  await work();
  const [during, after] = shop.heard();
  if (!during || !after) throw new Error("two were expected");
  expect(during.headers["webhook-signature"]).toBe(
    `${signatureBy(next.value.key, during)} ${signatureBy(shop.key, during)}`,
  );
  expect(after.headers["webhook-signature"]).toBe(signatureBy(next.value.key, after));
});

test("keys are nowhere to be read afterwards", async () => {
  const shop = await makeShop();
  const tables = await Promise.all(
    ["event_endpoints", "event_secrets", "audit_entries"].map(
      (table) => database.sql`select * from ${database.sql(table)}`,
    ),
  );
  const shown = JSON.stringify([
    tables,
    await listEndpoints(shop.scope),
    await findEndpoint(shop.scope, shop.endpointId),
  ]);
  expect(shown).not.toContain(shop.key.slice("whsec_".length));
  expect(shown).toContain("event-endpoint.added");
});

test("a key that was copied from one endpoint to another does not sign for it", async () => {
  const [one, two] = [await makeShop(), await makeShop()];
  await database.sql`update event_secrets set (sealed, wrapped_key) =
    (select sealed, wrapped_key from event_secrets where endpoint_id = ${one.endpointId}) where endpoint_id = ${two.endpointId}`;
  await expect(sendTestEvent(two.scope, { endpointId: two.endpointId }, null)).rejects.toThrow("does not open");
  expect(two.heard()).toEqual([]);
});

test("an endpoint of another merchant, and a role without the right, change nothing", async () => {
  const shop = await makeShop();
  const which: { endpointId: EventEndpointId } = { endpointId: shop.endpointId };
  for (const scope of [scopeOf(await makeMerchant(database.sql)), scopeOf(shop.merchant, "operator")]) {
    const results = await Promise.all([
      changeEndpoint(scope, { ...which, label: "Mine", eventTypes: [] }, null),
      setEndpointActive(scope, { ...which, isActive: false }, null),
      replaceEndpointKey(scope, which, null),
      endKeyOverlap(scope, which, null),
      sendTestEvent(scope, which, null),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
  }
  expect(await findEndpoint(shop.scope, shop.endpointId)).toMatchObject({ label: "Shop", isActive: true });
  expect((await findEndpoint(shop.scope, shop.endpointId))?.secrets).toHaveLength(1);
});

test("an address that leads inwards is not taken in production", async () => {
  const merchant = await makeMerchant(database.sql, "production");
  const scope = { ...scopeOf(merchant), environment: "production" } as Scope;
  const input = { merchantId: merchant.merchantId, label: "Shop", eventTypes: EventType.options };
  for (const url of ["http://shop.example/", "https://127.0.0.1/", "https://10.0.0.5/"]) {
    const result = await addEndpoint(scope, NewEndpoint.parse({ ...input, url }), null);
    expect(result.ok ? {} : result.error.fields).toHaveProperty("url");
  }
});
