import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addNotification, addShop, type Shop, scopeOfShops } from "@/db/testing/shops";
import {
  countNotifications,
  countNotificationsOfDay,
  listNotifications,
  readNotificationFilter,
} from "./notifications";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const day = { begins: new Date("2026-11-18T16:00:00Z"), ends: new Date("2026-11-19T16:00:00Z") };
const during = new Date("2026-11-19T03:00:00Z");

async function addMany(shop: Shop, count: number): Promise<void> {
  await database.sql`
    insert into notifications (merchant_id, id, credential_id, kind, dedup, authenticity, verdict, received_at)
    select ${shop.merchantId}, gen_random_uuid(), ${shop.credentialId}, 'payment', sha256(n::text::bytea), 'valid',
      'valid', ${during.toISOString()}::timestamptz
    from generate_series(1, ${count}) as n`;
}

test("what came on a day is counted, and how much of it is to be looked at", async () => {
  const shop = await addShop(database.db, "test", "day");
  await addNotification(database.db, shop, { receivedAt: during });
  await addNotification(database.db, shop, { receivedAt: during, verdict: "late" });
  await addNotification(database.db, shop, { receivedAt: day.ends });
  expect(await countNotificationsOfDay(scopeOfShops("test", shop), day)).toEqual({
    all: { count: 2, isCapped: false },
    valid: { count: 1, isCapped: false },
    look: { count: 1, isCapped: false },
  });
});

test("a count ends at ten thousand and says that it did", async () => {
  const [one, two] = [await addShop(database.db, "test", "many"), await addShop(database.db, "test", "few")];
  await addMany(one, 9_999);
  await addMany(two, 1);
  const scope = scopeOfShops("test", one, two);
  const everything = readNotificationFilter({});
  expect(await countNotifications(scope, everything)).toEqual({ count: 10_000, isCapped: false });
  await addNotification(database.db, two, { receivedAt: during });
  expect(await countNotifications(scope, everything)).toEqual({ count: 10_000, isCapped: true });
  expect((await countNotificationsOfDay(scope, day)).all).toEqual({ count: 10_000, isCapped: true });
  expect(await countNotifications(scope, readNotificationFilter({ verdict: "late" }))).toEqual({
    count: 0,
    isCapped: false,
  });
});

test("the messages of an order are found by the beginning of its number, and by no other text", async () => {
  const shop = await addShop(database.db, "test", "orders");
  const wanted = await addNotification(database.db, shop, { orderNo: "T-100%_1" });
  await addNotification(database.db, shop, { orderNo: "T-2" });
  await addNotification(database.db, shop, { orderNo: null });
  const found = async (number: string) => {
    const filter = readNotificationFilter({ number });
    const window = { sort: { by: "receivedAt", direction: "desc" }, after: null, before: null } as const;
    return (await listNotifications(scopeOfShops("test", shop), { filter, window })).rows.map(({ id }) => id);
  };
  expect(await found("T-1")).toEqual([wanted.id]);
  expect(await found("T-100%_1")).toEqual([wanted.id]);
  expect(await found("T-%")).toEqual([]);
  expect(await found("100")).toEqual([]);
});
