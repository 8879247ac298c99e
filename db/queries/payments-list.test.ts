import { afterAll, beforeAll, expect, test } from "vitest";
import { credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import { payments } from "@/db/schema/payments";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { CredentialId, MerchantId, newId, newMchOrderNo, PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { readPaymentFilter } from "./payments-filter";
import { listPayments } from "./payments-list";

let database: TestDatabase;
const shops = { counter: newId(MerchantId), online: newId(MerchantId), real: newId(MerchantId) };
const credentialOf: Record<string, CredentialId> = {};

beforeAll(async () => {
  database = await testDatabase();
  for (const [name, merchantId] of Object.entries(shops)) {
    const environment = name === "real" ? "production" : "test";
    await database.db.insert(merchants).values({ merchantId, environment, mchNo: `M-${name}`, label: name });
    const id = newId(CredentialId);
    credentialOf[merchantId] = id;
    await database.db
      .insert(credentials)
      .values({ merchantId, id, label: name, baseUrl: "http://127.0.0.1", appId: "a", wayCodes: [] });
    await database.db.insert(payments).values(Array.from({ length: 23 }, (_, index) => payment(merchantId, index)));
  }
});

afterAll(async () => database.close());

/** Many rows share an instant and an amount, so that only the id keeps them apart. */
function payment(merchantId: MerchantId, index: number) {
  const states = ["paid", "waiting", "closed", "paid"] as const;
  return {
    merchantId,
    id: newId(PaymentId),
    credentialId: credentialOf[merchantId] ?? newId(CredentialId),
    mchOrderNo: newMchOrderNo(),
    payOrderId: `P19000000000000000${index}`,
    wayCode: index % 3 === 0 ? "WX_BAR" : "ALI_QR",
    amount: 1000 + (index % 4) * 500,
    currency: "HKD",
    subject: "Tea",
    body: "Tea",
    expiredTimeSeconds: 7200,
    state: states[index % 4] ?? "paid",
    attention: index === 5 ? "contradiction" : null,
    refundedAmount: index % 8 === 3 ? 100 : 0,
    reservedAmount: index % 8 === 3 ? 100 : 0,
    expiresAt: new Date("2026-11-19T08:00:00Z"),
    createdAt: new Date(Date.parse("2026-11-19T04:00:00Z") + Math.floor(index / 5) * 3_600_000),
  };
}

// The list asks a scope for its environment and merchants only; who is asking was checked before there was one.
function scope(...names: (keyof typeof shops)[]): Scope {
  const known = names.map((name) => ({ merchantId: shops[name], mchNo: `M-${name}`, label: name }));
  return { environment: names.includes("real") ? "production" : "test", merchants: known } as unknown as Scope;
}

async function everyPage(asking: Scope, params: Record<string, string>, limit: number) {
  const pages = [];
  let after: string | null = null;
  do {
    const page = await listPayments(asking, readPaymentFilter({ ...params, ...(after ? { after } : {}) }), limit);
    pages.push(page);
    after = page.older;
  } while (after && pages.length < 100);
  return pages;
}

test.each(["createdAt", "-createdAt", "amount", "-amount"])(
  "pages sorted by %s show every payment of all merchants once, in order",
  async (sort) => {
    for (const asking of [scope("counter"), scope("counter", "online")]) {
      const rows = (await everyPage(asking, { sort }, 7)).flatMap((page) => page.rows);
      expect(new Set(rows.map((row) => row.id)).size).toBe(23 * asking.merchants.length);
      expect(rows).toHaveLength(23 * asking.merchants.length);
      const values = rows.map((row) => (sort.endsWith("amount") ? row.amount : row.createdAt.getTime()));
      expect(values).toEqual(values.toSorted((a, b) => (sort.startsWith("-") ? b - a : a - b)));
    }
  },
);

test("going back to newer pages shows the same pages again", async () => {
  for (const sort of ["-createdAt", "amount"]) {
    const forth = await everyPage(scope("counter", "online"), { sort }, 10);
    let page = forth.at(-1);
    for (const earlier of forth.slice(0, -1).reverse()) {
      expect(page?.newer).not.toBeNull();
      const filter = readPaymentFilter({ sort, before: page?.newer ?? "" });
      page = await listPayments(scope("counter", "online"), filter, 10);
      expect(page.rows.map((row) => row.id)).toEqual(earlier.rows.map((row) => row.id));
    }
    expect(page?.newer).toBeNull();
  }
});

test("a scope sees its own merchants only, whatever else is in the tables", async () => {
  const production = await listPayments(scope("real"), readPaymentFilter({}), 100);
  const test = await listPayments(scope("counter", "online"), readPaymentFilter({}), 100);
  expect(production.rows).toHaveLength(23);
  expect(test.rows).toHaveLength(46);
  const ids = new Set(test.rows.map((row) => row.id));
  expect(production.rows.some((row) => ids.has(row.id))).toBe(false);
});

test("a cursor of the other environment opens page one", async () => {
  const first = await listPayments(scope("counter"), readPaymentFilter({}), 5);
  const elsewhere = await listPayments(scope("real"), readPaymentFilter({ after: first.older ?? "" }), 5);
  const start = await listPayments(scope("real"), readPaymentFilter({}), 5);
  expect(elsewhere.rows).toEqual(start.rows);
});

test("filters narrow the list, alone and together", async () => {
  const rowsFor = async (params: Record<string, string>) =>
    (await listPayments(scope("counter"), readPaymentFilter(params), 100)).rows;

  expect((await rowsFor({ state: "waiting" })).every((row) => row.state === "waiting")).toBe(true);
  expect(await rowsFor({ state: "waiting,closed" })).toHaveLength(12);
  expect((await rowsFor({ state: "part-refunded" })).every((row) => row.refundedAmount > 0)).toBe(true);
  expect((await rowsFor({ state: "paid" })).every((row) => row.refundedAmount === 0)).toBe(true);
  expect(await rowsFor({ state: "paid,part-refunded" })).toHaveLength(11);
  expect((await rowsFor({ look: "1" })).map((row) => row.attention)).toEqual(["contradiction"]);
  expect((await rowsFor({ way: "WX_BAR" })).every((row) => row.wayCode === "WX_BAR")).toBe(true);
  expect(await rowsFor({ credential: credentialOf[shops.online] ?? "" })).toEqual([]);
  expect((await rowsFor({ least: "15", most: "20" })).map((row) => row.amount)).not.toContain(1000);
  const both = await rowsFor({ way: "WX_BAR", least: "20.00" });
  expect(both.length).toBeGreaterThan(0);
  expect(both.every((row) => row.wayCode === "WX_BAR" && row.amount >= 2000)).toBe(true);
});

test("a number is found by its beginning, in any of the three columns", async () => {
  const all = (await listPayments(scope("counter"), readPaymentFilter({}), 100)).rows;
  const wanted = all[4];
  const byOrder = await listPayments(scope("counter"), readPaymentFilter({ number: wanted?.mchOrderNo ?? "" }));
  expect(byOrder.rows.map((row) => row.id)).toEqual([wanted?.id]);
  const byGateway = await listPayments(scope("counter"), readPaymentFilter({ number: "P190000000000000001" }));
  expect(byGateway.rows).toHaveLength(11);
});

test("a day's list begins and ends at midnight in Hong Kong", async () => {
  // 04:00Z to 08:00Z are all the same day in Hong Kong.
  const day = await listPayments(scope("counter"), readPaymentFilter({ from: "2026-11-19", to: "2026-11-19" }), 100);
  const next = await listPayments(scope("counter"), readPaymentFilter({ from: "2026-11-20" }), 100);
  expect(day.rows).toHaveLength(23);
  expect(next.rows).toEqual([]);
});

test("somebody without merchants sees an empty list", async () => {
  expect(await listPayments(scope(), readPaymentFilter({}))).toEqual({ rows: [], newer: null, older: null });
});
