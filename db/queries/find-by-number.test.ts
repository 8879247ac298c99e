import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addPayment, addRefund, addShop, type Shop, scopeOfShops } from "@/db/testing/shops";
import { findByNumber, matchesPerNumber } from "./find-by-number";

let database: TestDatabase;
let counter: Shop;
let online: Shop;
let real: Shop;

beforeAll(async () => {
  database = await testDatabase();
  counter = await addShop(database.db, "test", "counter");
  online = await addShop(database.db, "test", "online");
  real = await addShop(database.db, "production", "real");
});

afterAll(async () => database.close());

const numbers = {
  mchOrderNo: "FH-261119-3D8RTX",
  payOrderId: "P1990342217784467458",
  channelOrderNo: "4200002871202611195530718264",
};

test("a payment is found by its order number, the gateway's and the channel's", async () => {
  const payment = await addPayment(database.db, counter, numbers);
  for (const [matched, number] of Object.entries(numbers)) {
    const found = await findByNumber(scopeOfShops("test", counter, online), number);
    expect(found).toMatchObject([{ kind: "payment", id: payment.id, matched, number, amount: 5000, state: "paid" }]);
    expect(found[0]?.createdAt).toBeInstanceOf(Date);
  }
});

test("a refund is found by its own number, the gateway's and the channel's", async () => {
  const payment = await addPayment(database.db, online);
  const its = { mchRefundNo: "RF-261119-9T4KXW", refundOrderId: "R1990363180092874754", channelOrderNo: "5030000012" };
  const refund = await addRefund(database.db, online, payment.id, its);
  for (const [matched, number] of Object.entries(its)) {
    const found = await findByNumber(scopeOfShops("test", counter, online), number);
    expect(found).toMatchObject([{ kind: "refund", id: refund.id, matched, number }]);
  }
});

test("a number pasted with spaces around and inside is the same number", async () => {
  const payment = await addPayment(database.db, counter, { payOrderId: "P777000111222" });
  for (const typed of ["  P777000111222\n", "P777 0001 1122 2", "\u200BP777000111222\u00A0"]) {
    expect(await findByNumber(scopeOfShops("test", counter), typed)).toMatchObject([{ id: payment.id }]);
  }
});

test("the beginning of a number finds everything that begins so, unless something has exactly that number", async () => {
  const short = await addPayment(database.db, counter, { mchOrderNo: "BEGIN-1" });
  const long = await addPayment(database.db, counter, { mchOrderNo: "BEGIN-12" });
  const scope = scopeOfShops("test", counter);
  expect((await findByNumber(scope, "BEGIN-")).map((match) => match.id).toSorted()).toEqual(
    [short.id, long.id].toSorted(),
  );
  expect((await findByNumber(scope, "BEGIN-1")).map((match) => match.id)).toEqual([short.id]);
});

test("a payment whose numbers all begin alike is found once", async () => {
  const payment = await addPayment(database.db, counter, {
    mchOrderNo: "ALIKE-1",
    payOrderId: "ALIKE-2",
    channelOrderNo: "ALIKE-3",
  });
  expect((await findByNumber(scopeOfShops("test", counter), "ALIKE")).map((match) => match.id)).toEqual([payment.id]);
});

test("nothing of the other environment is found, by any number", async () => {
  const payment = await addPayment(database.db, real, { ...numbers, mchOrderNo: "REAL-1", payOrderId: "REAL-2" });
  await addRefund(database.db, real, payment.id, { mchRefundNo: "REAL-3", refundOrderId: "REAL-4" });
  for (const number of ["REAL-1", "REAL-2", "REAL-3", "REAL-4", "REAL"]) {
    expect(await findByNumber(scopeOfShops("test", counter, online), number)).toEqual([]);
    expect(await findByNumber(scopeOfShops("production", real), number)).not.toEqual([]);
  }
  const [found] = await findByNumber(scopeOfShops("production", real), numbers.channelOrderNo);
  expect(found?.id).toBe(payment.id);
});

test("the same order number at two merchants finds both payments", async () => {
  await addPayment(database.db, counter, { mchOrderNo: "TWICE-1" });
  await addPayment(database.db, online, { mchOrderNo: "TWICE-1" });
  expect(await findByNumber(scopeOfShops("test", counter, online), "TWICE-1")).toHaveLength(2);
});

test("no more than a screenful is read, however many begin alike", async () => {
  for (let index = 0; index < matchesPerNumber + 3; index += 1) {
    await addPayment(database.db, online, { mchOrderNo: `MANY-${index}` });
  }
  expect(await findByNumber(scopeOfShops("test", online), "MANY-")).toHaveLength(matchesPerNumber);
});

test.each(["", "   ", "\u0000", "%", "_", "' or 1=1 --", "\\"])(
  "%j finds nothing and breaks nothing",
  async (typed) => {
    expect(await findByNumber(scopeOfShops("test", counter, online), typed)).toEqual([]);
  },
);

test("every lookup is a search in its own index", async () => {
  const tables = {
    payments: ["mch_order_no", "pay_order_id", "channel_order_no"],
    refunds: ["mch_refund_no", "refund_order_id", "channel_order_no"],
  };
  const plans = await database.sql.begin(async (sql) => {
    // The tables of a test are too small for the planner to bother with an index by itself.
    await sql`set local enable_seqscan = off`;
    const lookups = Object.entries(tables).flatMap(([table, columns]) =>
      columns.map((column) => [table, column] as const),
    );
    return Promise.all(
      lookups.map(async ([table, column]) => {
        const plan = await sql.unsafe(
          `explain select id from ${table} where merchant_id = $1 and ${column} >= $2 and ${column} < $3
           order by ${column} limit 10`,
          [counter.merchantId, "P1", "P1\u{10FFFF}"],
        );
        return { index: `${table}_${column}`, plan: plan.map((line) => line["QUERY PLAN"]).join("\n") };
      }),
    );
  });
  expect(plans).toHaveLength(6);
  for (const { index, plan } of plans) expect(plan).toContain(`${index} `);
});
