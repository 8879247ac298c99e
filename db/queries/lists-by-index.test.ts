import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => database.close());

const sorts = [
  ["payments", "created_at"],
  ["payments", "amount"],
  ["refunds", "created_at"],
  ["refunds", "amount"],
  ["notifications", "received_at"],
  ["gateway_calls", "recorded_at"],
  ["event_deliveries", "created_at"],
  ["refund_plans", "created_at"],
];

test.each(sorts.flatMap(([table, column]) => ["asc", "desc"].map((direction) => [table, column, direction])))(
  "a screen of %s by %s %s is read from an index, not sorted out of the whole table",
  async (table, column, direction) => {
    const plan = await database.sql.begin(async (tx) => {
      // What remains when the planner avoids sorting is a sort that no index can save.
      await tx`set local enable_sort = off`;
      await tx`set local enable_seqscan = off`;
      return tx.unsafe(`explain select id from ${table}
      where merchant_id = '01900000-0000-7000-8000-000000000001'
      order by ${column} ${direction}, id ${direction} limit 51`);
    });
    const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text).not.toContain("Sort");
    expect(text).toContain(`${table}_`);
  },
);

test("the requests that wait for somebody are found without reading those that were decided", async () => {
  const plan = await database.sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`;
    return tx`explain select id from refund_requests
      where merchant_id = '01900000-0000-7000-8000-000000000001' and state = 'open' limit 100`;
  });
  expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("refund_requests_open");
});
