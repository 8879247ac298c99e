import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { countOpenAlerts, listAlerts } from "@/db/queries/alerts";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addCall, addNotification, addPayment, addRefund, addShop, type Shop, scopeOfShops } from "@/db/testing/shops";
import { type AlertRule, usualAlertLimits } from "@/lib/domain/alerts";
import { EventEndpointId, newId, PersonId, SessionId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { AlertLimitsInput, changeAlertLimits } from "./change-alert-limits";
import { watchAlerts } from "./watch-alerts";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => database.close());
beforeEach(async () => {
  await database.sql`delete from alert_rules`;
  shop = await addShop(database.db, "test", crypto.randomUUID());
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function badSignatures(count: number, receivedAt = new Date()): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    const verdict = "bad-signature";
    await addNotification(database.db, shop, { authenticity: verdict, verdict, receivedAt });
  }
}

/** Orders that our own question found paid, some minutes ago. */
async function paidUnheard(count: number, minutes = 20) {
  const made = [];
  for (let each = 0; each < count; each += 1) {
    made.push(
      await addPayment(database.db, shop, {
        provenBy: "query",
        notifyUrl: "http://127.0.0.1/api/notify",
        createdAt: minutesAgo(minutes),
        paidAt: minutesAgo(minutes),
      }),
    );
  }
  return made;
}

async function watched() {
  await watchAlerts();
  const { open, ended } = await listAlerts(scopeOfShops("test", shop));
  const words = ({ rule, subject, facts }: (typeof open)[number]) => ({ rule, subject, facts });
  return { open: open.map(words), ended: ended.map(words) };
}

/** The calm before an end lies in the past. */
async function calmPasses(): Promise<void> {
  await database.sql`update alerts set seen_at = now() - interval '10 minutes'`;
}

test("a burst of bad signatures opens one alert, however often it is looked at, and a few open none", async () => {
  await badSignatures(9);
  await badSignatures(5, minutesAgo(11));
  expect(await watched()).toEqual({ open: [], ended: [] });
  await badSignatures(1);
  const facts = { count: 10, notificationId: expect.any(String), least: 10, minutes: 10 };
  const opened = { open: [{ rule: "bad-signatures", subject: shop.credentialId, facts }], ended: [] };
  expect(await watched()).toEqual(opened);
  await Promise.all([watchAlerts(), watchAlerts(), watchAlerts()]);
  expect(await watched()).toEqual(opened);
  expect(await countOpenAlerts(scopeOfShops("test", shop))).toBe(1);
});

test("an alert stays open while it lasts, closes after some calm, and opens again as another one", async () => {
  await badSignatures(10);
  await watchAlerts();
  await calmPasses();
  expect((await watched()).open).toHaveLength(1);
  await database.sql`update notifications set received_at = now() - interval '1 hour' where merchant_id = ${shop.merchantId}`;
  expect((await watched()).open).toHaveLength(1);
  await calmPasses();
  const { open, ended } = await watched();
  expect(open).toEqual([]);
  expect(ended).toMatchObject([{ rule: "bad-signatures" }]);
  await badSignatures(10);
  expect((await watched()).open).toHaveLength(1);
});

test("silence is noticed when our own questions find paid orders, and ends with the first authentic message", async () => {
  await paidUnheard(2);
  expect((await watched()).open).toEqual([]);
  const [third] = await paidUnheard(1, 15);
  expect((await watched()).open).toEqual([
    { rule: "silence", subject: shop.credentialId, facts: { count: 3, paymentId: third?.id, least: 3, minutes: 10 } },
  ]);
  await addNotification(database.db, shop, { paymentId: third?.id, orderNo: third?.mchOrderNo });
  await calmPasses();
  expect((await watched()).ended).toMatchObject([{ rule: "silence" }]);
});

test("orders whose message came, was not due or may still come are no silence", async () => {
  for (const { id } of await paidUnheard(3)) {
    await addNotification(database.db, shop, {
      paymentId: id,
      receivedAt: minutesAgo(30),
      lastReceivedAt: minutesAgo(30),
    });
  }
  await paidUnheard(3, 5);
  for (const values of [{ provenBy: "notification" as const }, { notifyUrl: null }, { isAdopted: true }]) {
    for (let each = 0; each < 3; each += 1) {
      const createdAt = minutesAgo(20);
      const usual = { provenBy: "query" as const, notifyUrl: "http://127.0.0.1/", createdAt, paidAt: createdAt };
      await addPayment(database.db, shop, { ...usual, ...values });
    }
  }
  expect((await watched()).open).toEqual([]);
});

test("each refund that stays unclear for long has an alert of its own, which ends with the refund", async () => {
  const first = await addPayment(database.db, shop);
  const second = await addPayment(database.db, shop);
  const old = { state: "unclear", sentAt: minutesAgo(31) };
  const refund = await addRefund(database.db, shop, first.id, old);
  await addRefund(database.db, shop, second.id, { state: "unclear", sentAt: minutesAgo(29) });
  const { open } = await watched();
  expect(open).toMatchObject([
    { rule: "unclear-refunds", subject: refund.id, facts: { mchRefundNo: refund.mchRefundNo } },
  ]);
  await database.sql`update refunds set state = 'succeeded' where id = ${refund.id}`;
  expect((await watched()).ended).toMatchObject([{ subject: refund.id }]);
});

test("a gateway that fails half of its calls is noticed; refusals are answers, and few calls say nothing", async () => {
  const calls = async (outcome: string, count: number) => {
    for (let each = 0; each < count; each += 1) await addCall(database.db, shop, { outcome });
  };
  await calls("timed-out", 5);
  await calls("refused", 4);
  expect((await watched()).open).toEqual([]);
  await calls("refused", 1);
  expect((await watched()).open).toMatchObject([{ rule: "gateway-errors", facts: { count: 5, of: 10 } }]);
  await calls("ok", 1);
  await calmPasses();
  expect((await watched()).ended).toMatchObject([{ rule: "gateway-errors" }]);
});

test("an endpoint that wants it hears when an alert opens and when it ends, once each", async () => {
  await database.sql`
    insert into event_endpoints (merchant_id, id, label, url, event_types)
    values (${shop.merchantId}, ${newId(EventEndpointId)}, 'Pager', 'http://127.0.0.1:1/', '{alert.opened,alert.closed}')`;
  await badSignatures(10);
  await Promise.all([watchAlerts(), watchAlerts()]);
  await watchAlerts();
  await database.sql`delete from notification_bodies where merchant_id = ${shop.merchantId}`;
  await database.sql`delete from notifications where merchant_id = ${shop.merchantId}`;
  await calmPasses();
  await watchAlerts();
  await watchAlerts();
  const told = await database.sql`
    select type, payload -> 'alert' ->> 'cause' as cause, payload -> 'alert' ->> 'url' as url, payload ->> 'environment' as environment
    from events where merchant_id = ${shop.merchantId} order by created_at`;
  const cause = expect.stringContaining("10 messages in 10 minutes");
  const url = expect.stringContaining(`/test/notifications?verdict=bad-signature&credential=${shop.credentialId}`);
  expect(told).toEqual([
    { type: "alert.opened", cause, url, environment: "test" },
    { type: "alert.closed", cause, url, environment: "test" },
  ]);
});

test("limits that an admin sets hold from the next look on, and a rule that is off closes what it opened", async () => {
  const limit = (rule: AlertRule, typed: object) =>
    changeAlertLimits(someone("admin"), AlertLimitsInput.parse({ rule, isActive: "on", ...typed }), null);
  await badSignatures(3);
  expect(await limit("bad-signatures", { least: "3", minutes: "5" })).toMatchObject({ ok: true });
  expect((await watched()).open).toMatchObject([{ facts: { count: 3, least: 3, minutes: 5 } }]);
  await limit("bad-signatures", { isActive: "off", least: "3", minutes: "5" });
  expect(await watched()).toMatchObject({ open: [], ended: [{ rule: "bad-signatures" }] });
});

test("limits are whole numbers in their range, and only admins set them", async () => {
  const typed = { rule: "gateway-errors", isActive: "on", least: "50", minutes: "10" };
  expect(AlertLimitsInput.safeParse(typed).success).toBe(true);
  for (const wrong of [{ least: "101" }, { least: "0" }, { minutes: "1441" }, { minutes: "1.5" }, { rule: "other" }]) {
    expect(AlertLimitsInput.safeParse({ ...typed, ...wrong }).success).toBe(false);
  }
  const usual = { rule: "silence" as const, ...usualAlertLimits.silence };
  expect(await changeAlertLimits(someone("operator"), usual, null)).toMatchObject({ ok: false });
});

function someone(role: Role): Scope {
  const viewer = { personId: newId(PersonId), sessionId: newId(SessionId), name: "Mei Lam", email: "", role };
  return { viewer, environment: "test", merchants: [] } as unknown as Scope;
}
