import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addCall, addNotification, addPayment, addRefund, addShop, type Shop, scopeOfShops } from "@/db/testing/shops";
import type { ListPage, ListWindow } from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { findCall } from "./call-page";
import { listCalls } from "./calls";
import { rowsPerScreen } from "./keyset";
import { findNotification } from "./notification-page";
import { listNotifications } from "./notifications";
import { findRefund } from "./refund-page";
import { listRefunds } from "./refunds";

let database: TestDatabase;
let counter: Shop;
let online: Shop;
let real: Shop;

const perShop = rowsPerScreen + 13;
const anyDay = { from: null, to: null };
const any = {
  refunds: { ...anyDay, least: null, most: null, states: [], wayCode: null, credentialId: null, needsLook: false },
  notifications: { ...anyDay, verdicts: [], kinds: [], credentialId: null, number: null },
  calls: { ...anyDay, outcome: null, kind: null, operation: null, credentialId: null },
};

type Window = ListWindow<never>;
type Listing = (scope: Scope, window: Window) => Promise<ListPage<{ id: string; at: Date }>>;

/** Each list with the one thing that these tests look at: which rows come, and when they say they happened. */
const lists: Record<keyof typeof any, Listing> = {
  refunds: async (scope, window) => {
    const page = await listRefunds(scope, { filter: any.refunds, window });
    return { ...page, rows: page.rows.map(({ id, createdAt }) => ({ id, at: createdAt })) };
  },
  notifications: async (scope, window) => {
    const page = await listNotifications(scope, { filter: any.notifications, window });
    return { ...page, rows: page.rows.map(({ id, receivedAt }) => ({ id, at: receivedAt })) };
  },
  calls: async (scope, window) => {
    const page = await listCalls(scope, { filter: any.calls, window });
    return { ...page, rows: page.rows.map(({ id, recordedAt }) => ({ id, at: recordedAt })) };
  },
};

const timeOf = { refunds: "createdAt", notifications: "receivedAt", calls: "recordedAt" } as const;

function windowOf(list: keyof typeof any, part: Partial<Window> = {}): Window {
  const sort = { by: timeOf[list] as never, direction: "desc" as const };
  return { sort, after: null, before: null, ...part };
}

beforeAll(async () => {
  database = await testDatabase();
  counter = await addShop(database.db, "test", "counter");
  online = await addShop(database.db, "test", "online");
  real = await addShop(database.db, "production", "real");
  for (const shop of [counter, online, real]) {
    const payment = await addPayment(database.db, shop);
    for (let index = 0; index < perShop; index += 1) {
      // Several rows share an instant, so that only the id keeps them apart.
      const at = new Date(Date.parse("2026-11-19T04:00:00Z") + Math.floor(index / 4) * 60_000);
      await addRefund(database.db, shop, payment.id, { createdAt: at });
      await addNotification(database.db, shop, { receivedAt: at });
      await addCall(database.db, shop, { recordedAt: at });
    }
  }
});

afterAll(async () => database.close());

describe.each(["refunds", "notifications", "calls"] as const)("the list of %s", (list) => {
  test("shows every row of all merchants once, newest first, page after page", async () => {
    for (const shops of [[counter], [counter, online]]) {
      const scope = scopeOfShops("test", ...shops);
      const rows = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<Listing>> = await lists[list](scope, windowOf(list, { after }));
        rows.push(...page.rows);
        after = page.older;
      } while (after);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(perShop * shops.length);
      expect(rows).toHaveLength(perShop * shops.length);
      const times = rows.map(({ at }) => at.getTime());
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    }
  });

  test("goes back from the second page to the first", async () => {
    const scope = scopeOfShops("test", counter, online);
    const first = await lists[list](scope, windowOf(list));
    const second = await lists[list](scope, windowOf(list, { after: first.older }));
    const again = await lists[list](scope, windowOf(list, { before: second.newer }));
    expect(first.newer).toBeNull();
    expect(again).toEqual(first);
  });

  test("has nothing of the other environment, and takes no cursor of it", async () => {
    const ours = await lists[list](scopeOfShops("test", counter), windowOf(list));
    const theirs = await lists[list](scopeOfShops("production", real), windowOf(list, { after: ours.older }));
    expect(theirs.rows).toHaveLength(rowsPerScreen);
    expect(theirs).toEqual(await lists[list](scopeOfShops("production", real), windowOf(list)));
    const seen = new Set(ours.rows.map(({ id }) => id));
    expect(theirs.rows.filter(({ id }) => seen.has(id))).toEqual([]);
  });

  test("begins at the beginning when its cursor is nonsense", async () => {
    const scope = scopeOfShops("test", counter);
    const start = await lists[list](scope, windowOf(list));
    for (const after of ["x", "eyJ4IjoxfQ", Buffer.from('["a",1]').toString("base64url")]) {
      expect(await lists[list](scope, windowOf(list, { after }))).toEqual(start);
    }
  });

  test("is empty for a scope without merchants", async () => {
    expect(await lists[list](scopeOfShops("test"), windowOf(list))).toEqual({ rows: [], newer: null, older: null });
  });
});

test("refunds narrow by state, need of a look, way, credential, sum and day", async () => {
  const shop = await addShop(database.db, "test", "filters");
  const byBar = await addPayment(database.db, shop, { wayCode: "WX_BAR" });
  const byCode = await addPayment(database.db, shop, { wayCode: "ALI_QR" });
  const at = new Date("2026-11-10T15:59:59.999Z");
  const failed = await addRefund(database.db, shop, byBar.id, { state: "failed", amount: 700, createdAt: at });
  const pending = await addRefund(database.db, shop, byCode.id, {
    state: "pending",
    amount: 900,
    attention: "forgotten",
  });
  const idsFor = async (filter: Partial<Parameters<typeof listRefunds>[1]["filter"]>) =>
    (
      await listRefunds(scopeOfShops("test", shop), {
        filter: { ...any.refunds, ...filter },
        window: { sort: { by: "amount", direction: "asc" }, after: null, before: null },
      })
    ).rows.map(({ id }) => id);

  expect(await idsFor({})).toEqual([failed.id, pending.id]);
  expect(await idsFor({ states: ["failed"] })).toEqual([failed.id]);
  expect(await idsFor({ wayCode: "ALI_QR" })).toEqual([pending.id]);
  expect(await idsFor({ credentialId: counter.credentialId })).toEqual([]);
  expect(await idsFor({ needsLook: true })).toEqual([pending.id]);
  expect(await idsFor({ least: 701 })).toEqual([pending.id]);
  expect(await idsFor({ most: 899 })).toEqual([failed.id]);
  // The last millisecond of the 10th in Hong Kong.
  expect(await idsFor({ from: "2026-11-10", to: "2026-11-10" })).toEqual([failed.id]);
  expect(await idsFor({ from: "2026-11-11" })).toEqual([pending.id]);
});

test("notifications narrow by verdict, and by having come more than once", async () => {
  const shop = await addShop(database.db, "test", "verdicts");
  const forged = await addNotification(database.db, shop, { verdict: "bad-signature", authenticity: "bad-signature" });
  const repeated = await addNotification(database.db, shop, { deliveries: 6, kind: "refund" });
  const idsFor = async (filter: Partial<Parameters<typeof listNotifications>[1]["filter"]>) =>
    (
      await listNotifications(scopeOfShops("test", shop), {
        filter: { ...any.notifications, ...filter },
        window: { sort: { by: "receivedAt", direction: "desc" }, after: null, before: null },
      })
    ).rows.map(({ id }) => id);

  expect(await idsFor({ verdicts: ["bad-signature"] })).toEqual([forged.id]);
  expect(await idsFor({ verdicts: ["repeated"] })).toEqual([repeated.id]);
  expect((await idsFor({ verdicts: ["repeated", "bad-signature"] })).toSorted()).toEqual(
    [forged.id, repeated.id].toSorted(),
  );
  expect(await idsFor({ kinds: ["refund"] })).toEqual([repeated.id]);
  expect(await idsFor({ verdicts: ["late"] })).toEqual([]);
});

test("calls narrow by operation and by whether they went well", async () => {
  const shop = await addShop(database.db, "test", "calls");
  const good = await addCall(database.db, shop, { operation: "refund" });
  const bad = await addCall(database.db, shop, { outcome: "timed-out" });
  const idsFor = async (filter: Partial<Parameters<typeof listCalls>[1]["filter"]>) =>
    (
      await listCalls(scopeOfShops("test", shop), {
        filter: { ...any.calls, ...filter },
        window: { sort: { by: "recordedAt", direction: "desc" }, after: null, before: null },
      })
    ).rows.map(({ id }) => id);

  expect(await idsFor({ outcome: "ok" })).toEqual([good.id]);
  expect(await idsFor({ outcome: "trouble" })).toEqual([bad.id]);
  expect(await idsFor({ operation: "refund" })).toEqual([good.id]);
});

test("a page of the other environment's evidence is not found", async () => {
  const payment = await addPayment(database.db, real);
  const refund = await addRefund(database.db, real, payment.id);
  const notification = await addNotification(database.db, real, { paymentId: payment.id, body: Buffer.from([0, 255]) });
  const call = await addCall(database.db, real, { paymentId: payment.id, refundId: refund.id });
  const elsewhere = scopeOfShops("test", counter, online);
  expect(await findRefund(elsewhere, refund.id)).toBeNull();
  expect(await findNotification(elsewhere, notification.id)).toBeNull();
  expect(await findCall(elsewhere, call.id)).toBeNull();

  const here = scopeOfShops("production", real);
  expect(await findRefund(here, refund.id)).toMatchObject({ payment: { mchOrderNo: payment.mchOrderNo } });
  const found = await findNotification(here, notification.id);
  expect(found).toMatchObject({ payment: { id: payment.id }, refund: null, credentialMchNo: "M-real" });
  expect([...(found?.raw?.body ?? [])]).toEqual([0, 255]);
  expect(await findCall(here, call.id)).toMatchObject({ payment: { id: payment.id }, refund: { id: refund.id } });
});
