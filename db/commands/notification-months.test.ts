import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addNotification, addShop, type Shop, scopeOfShops } from "@/db/testing/shops";
import { NotificationId } from "@/lib/domain/ids";
import { firstIdSince, startOf } from "@/lib/domain/retention";
import { findNotification } from "../queries/notification-page";
import { databaseNow, dropMonthsBefore, monthsKept, prepareMonths } from "./notification-months";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
  shop = await addShop(database.db, "test", "counter");
});
afterAll(async () => database.close());
afterEach(async () => {
  await database.sql`delete from notification_bodies`;
  await database.sql`delete from notifications`;
});

/** A message of that instant, in whatever partition it belongs to. */
async function received(instant: string) {
  const id = NotificationId.parse(firstIdSince(new Date(instant)).replace("-0000-0000-", "-7001-8001-"));
  return addNotification(database.db, shop, { id, receivedAt: new Date(instant), deliveries: 3 });
}

async function partitionsOf(): Promise<Record<string, number>> {
  const rows = await database.sql<{ name: string; count: number }[]>`
    select tableoid::regclass::text as name, count(*)::int from notification_bodies group by 1 order by 1`;
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

test("after migrating, this month and the next two have their place", async () => {
  const { year, month } = { year: new Date().getUTCFullYear(), month: new Date().getUTCMonth() + 1 };
  expect((await databaseNow(database.sql)).getTime()).toBeGreaterThan(startOf({ year, month }).getTime());
  expect(await monthsKept(database.sql)).toHaveLength(3);
  expect((await monthsKept(database.sql))[0]).toEqual({ year, month });
});

test("a message of a month without a place is kept all the same, and moves there when the month gets one", async () => {
  await received("2031-01-31T23:59:59.999Z");
  await received("2031-02-01T00:00:00.000Z");
  expect(await partitionsOf()).toEqual({ notification_bodies_default: 2 });
  await prepareMonths(database.sql, new Date("2031-02-10T00:00:00Z"));
  expect(await partitionsOf()).toEqual({ notification_bodies_2031_01: 1, notification_bodies_2031_02: 1 });
  expect(await prepareMonths(database.sql, new Date("2031-02-10T00:00:00Z"))).toEqual([]);
});

test("a month is dropped with its messages as they came, and what was made of them stays", async () => {
  const old = await received("2032-03-31T12:00:00Z");
  const young = await received("2032-04-01T12:00:00Z");
  await prepareMonths(database.sql, new Date("2032-04-02T00:00:00Z"));
  expect(await dropMonthsBefore(database.sql, { year: 2032, month: 4 })).toContainEqual({ year: 2032, month: 3 });
  expect(await partitionsOf()).toEqual({ notification_bodies_2032_04: 1 });
  const scope = scopeOfShops("test", shop);
  expect(await findNotification(scope, old.id)).toMatchObject({ verdict: "valid", deliveries: 3, raw: null });
  expect((await findNotification(scope, young.id))?.raw?.body.toString()).toBe("state=2");
});

test("old messages that never had a month go with the others", async () => {
  await received("2033-05-31T12:00:00Z");
  await dropMonthsBefore(database.sql, { year: 2033, month: 6 });
  expect(await partitionsOf()).toEqual({});
});

test("two workers at once make each month once", async () => {
  const made = await Promise.all([1, 2, 3].map(() => prepareMonths(database.sql, new Date("2034-07-01T00:00:00Z"))));
  expect(made.flat()).toHaveLength(3);
});

test("a transaction in the way of dropping is not waited for, and the month goes the next time", async () => {
  await prepareMonths(database.sql, new Date("2035-01-15T00:00:00Z"));
  const reading = await database.sql.reserve();
  await reading`begin`;
  await reading`select count(*) from notification_bodies`;
  expect(await dropMonthsBefore(database.sql, { year: 2035, month: 2 })).toBeNull();
  await reading`commit`;
  reading.release();
  expect(await dropMonthsBefore(database.sql, { year: 2035, month: 2 })).not.toBeNull();
});
