import { afterAll, beforeAll, expect, test } from "vitest";
import { sqlClient } from "@/db/client";
import { type CallRow, insertCall } from "@/db/commands/evidence";
import { run } from "@/db/commands/part";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeCall } from "@/db/testing/rows";
import { addShop, type Shop, scopeOfShops } from "@/db/testing/shops";
import { findCall } from "./call-page";
import { groupTroubles } from "./call-troubles";
import { readCallFilter } from "./calls";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
  shop = await addShop(database.db, "test", "Counter");
});

afterAll(async () => database.close());

const everything = readCallFilter({});

/** A call kept at a moment of its own, newer for a higher minute. */
async function keep({ merchantId, credentialId }: Shop, minute: number, values: Partial<CallRow>): Promise<CallRow> {
  const call = { ...makeCall(credentialId, "refundOrder"), ...values };
  await run(sqlClient(), insertCall(merchantId, call, { paymentId: null, refundId: null }));
  const at = new Date(Date.UTC(2026, 10, 20, 4, minute)).toISOString();
  await database.sql`update gateway_calls set recorded_at = ${at} where id = ${call.id}`;
  return call;
}

test("errors are one line for each kind, endpoint and code, with their number, the first, the last and its words", async () => {
  const refused = { outcome: "refused", code: "9999" };
  await keep(shop, 1, { ...refused, msg: "订单不存在" });
  await keep(shop, 2, { outcome: "timed-out", code: null, msg: null });
  await keep(shop, 3, { ...refused, msg: "验签失败" });
  await keep(shop, 4, { outcome: "ok" });
  await keep(shop, 5, { ...refused, operation: "query", msg: "验签失败" });
  const stranger = await addShop(database.db, "test", "Elsewhere");
  await keep(stranger, 6, refused);

  const { groups, isCapped } = await groupTroubles(scopeOfShops("test", shop), everything);
  const minutes = ({ firstAt, lastAt }: (typeof groups)[number]) => [firstAt.getUTCMinutes(), lastAt.getUTCMinutes()];
  expect(isCapped).toBe(false);
  expect(groups.map((group) => [group.outcome, group.operation, group.code, group.count, ...minutes(group)])).toEqual([
    ["refused", "query", "9999", 1, 5, 5],
    ["refused", "refundOrder", "9999", 2, 1, 3],
    ["timed-out", "refundOrder", null, 1, 2, 2],
  ]);
  expect(groups[1]?.lastMessage).toBe("验签失败");
  const onlyQueries = await groupTroubles(scopeOfShops("test", shop), { ...everything, operation: "query" });
  expect(onlyQueries.groups.map(({ count }) => count)).toEqual([1]);
  const before = await groupTroubles(scopeOfShops("test", shop), { ...everything, to: "2026-11-19" });
  expect(before.groups).toEqual([]);
});

test("the newest errors are found by their index, however many good calls lie between", async () => {
  const plan = await database.sql.begin(async (tx) => {
    await tx`set local enable_sort = off`;
    await tx`set local enable_seqscan = off`;
    return tx`explain select id from gateway_calls
      where merchant_id = any(${[shop.merchantId]}::uuid[]) and outcome <> 'ok'
      order by recorded_at desc limit 2001`;
  });
  expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("gateway_calls_trouble");
});

test.each([
  { what: "all", timingsUs: [1_020, 20_450, 31_000, 98_001, null] },
  { what: "an older call, which has three,", timingsUs: [20_450, 98_001, null] },
])("the steps of $what come back as they were measured, with a gap where it came to none", async ({ timingsUs }) => {
  const measured = await keep(shop, 7, { timingsUs });
  const scope = scopeOfShops("test", shop);
  expect((await findCall(scope, measured.id))?.timingsUs).toEqual(timingsUs);
  const unmeasured = await keep(shop, 8, {});
  expect((await findCall(scope, unmeasured.id))?.timingsUs).toBeNull();
});
