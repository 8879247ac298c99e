import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeCall, makeInbox, makeMerchant, makePayment, type TestMerchant } from "@/db/testing/rows";
import { HoldActId, type HoldActNo, newHoldActNo, newId, type PaymentId } from "@/lib/domain/ids";
import { judgePaymentNews, PaymentState, paymentStateOf } from "@/lib/domain/payment-state";
import { applyPaymentNews, type PaymentNews } from "./apply-payment-news";
import { failHoldAct, findHoldAct, insertHoldAct, saveHoldRules } from "./holds";

let database: TestDatabase;
let merchant: TestMerchant;

beforeAll(async () => {
  database = await testDatabase();
  merchant = await makeMerchant(database.sql);
});
afterAll(() => database.close());

const operation = { path: "/x", orderField: "o", orderNumber: "ours", amountField: null, numberField: null } as const;

beforeAll(() =>
  saveHoldRules(database.sql, {
    ...merchant,
    actor: "script",
    rules: {
      wayCodes: [],
      lifetimeHours: null,
      heldState: 2,
      complete: { ...operation, doneState: 21, isPartAllowed: true },
      release: { ...operation, doneState: 22, isPartAllowed: false },
    },
  }),
);

async function makeHold(state: PaymentState = "held"): Promise<PaymentId> {
  const { id } = await makePayment(database.sql, merchant, "waiting", 1000);
  await database.sql`update payments set held_amount = 1000, state = ${state},
    held_at = ${state === "held" ? database.sql`now()` : null} where id = ${id}`;
  return id;
}

function hear(id: PaymentId, gatewayState: number, change: Partial<PaymentNews> = {}) {
  const news: PaymentNews = {
    to: paymentStateOf(gatewayState),
    provenBy: "query",
    gatewayState,
    mchOrderNo: null,
    payOrderId: null,
    channelOrderNo: null,
    amount: 1000,
    currency: "HKD",
    errCode: null,
    errMsg: null,
    paidAt: null,
    payDataType: null,
    payData: null,
    ...change,
  };
  const evidence = { by: "query" as const, call: makeCall(merchant.credentialId), actor: "worker" };
  const { merchantId } = merchant;
  return applyPaymentNews(database.sql, { merchantId, target: { paymentId: id }, news, evidence, nextAsk: "never" });
}

async function read(id: PaymentId) {
  const [row] =
    await database.sql`select state, amount::int, held_at, paid_at, attention from payments where id = ${id}`;
  return row ?? {};
}

function begin(id: PaymentId, kind: "complete" | "release", amount = 1000, number: HoldActNo = newHoldActNo()) {
  const { merchantId } = merchant;
  return insertHoldAct(database.sql, {
    merchantId,
    paymentId: id,
    id: newId(HoldActId),
    kind,
    number,
    amount,
    actor: "script",
  });
}

const meanings: readonly [gatewayState: number, said: PaymentState][] = [
  [0, "created"],
  [1, "waiting"],
  [2, "held"],
  [3, "declined"],
  [4, "cancelled"],
  [5, "refunded"],
  [6, "closed"],
  [21, "paid"],
  [22, "cancelled"],
];

test("a hold moves forward only, by what its gateway's numbers mean for a hold", async () => {
  for (const from of PaymentState.options.filter((state) => state !== "paid")) {
    for (const [gatewayState, said] of meanings) {
      const id = await makeHold(from);
      // Whatever ends a hold that stands without money taken has released it.
      const to = from === "held" && (said === "refunded" || said === "closed") ? "cancelled" : said;
      const isLoud = from === "cancelled" && to === "paid";
      const expected = isLoud ? "contradiction" : judgePaymentNews(from, to);
      const applied = await hear(id, gatewayState);
      const { state } = await read(id);
      expect([from, gatewayState, state]).toEqual([from, gatewayState, expected === "forward" ? to : from]);
      expect([from, gatewayState, applied.contradicts]).toEqual([from, gatewayState, expected === "contradiction"]);
    }
  }
});

test("a notification that a hold is paid leaves it held, and no shop hears of a payment", async () => {
  await database.sql`insert into event_endpoints (merchant_id, id, label, url, event_types)
    values (${merchant.merchantId}, gen_random_uuid(), 'Shop', 'https://shop.example/', '{}')`;
  const { id, mchOrderNo } = await makePayment(database.sql, merchant, "waiting", 1000);
  await database.sql`update payments set held_amount = amount where id = ${id}`;
  const news = {
    to: "paid" as const,
    provenBy: "notification" as const,
    gatewayState: 2,
    mchOrderNo,
    payOrderId: null,
    channelOrderNo: null,
    amount: 1000,
    currency: "HKD",
    errCode: null,
    errMsg: null,
    paidAt: null,
    payDataType: null,
    payData: null,
  };
  const inbox = makeInbox(merchant.credentialId, mchOrderNo);
  const applied = await applyPaymentNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { mchOrderNo },
    news,
    evidence: { by: "notification", inbox },
    nextAsk: "keep",
  });
  expect(applied).toMatchObject({ moved: { from: "waiting", to: "held" }, verdict: "valid" });
  expect(await read(id)).toMatchObject({ state: "held", paid_at: null });
  const events = await database.sql`select type from events where payment_id = ${id}`;
  expect(events.map(({ type }) => type)).toEqual(["payment.held"]);
});

test("an answer that names another sum than was held moves nothing, and one that names less than was held only where it was taken", async () => {
  const held = await makeHold("waiting");
  expect(await hear(held, 2, { amount: 600 })).toMatchObject({ fits: false, moved: null });
  const stands = await makeHold();
  expect(await hear(stands, 21, { amount: 1001 })).toMatchObject({ fits: false, moved: null });
  expect(await hear(stands, 21, { amount: 600 })).toMatchObject({ moved: { to: "paid" } });
  expect(await read(stands)).toMatchObject({ amount: 600, attention: "completed-elsewhere" });
});

test("an amount that cannot be read proves nothing about a hold", async () => {
  const id = await makeHold();
  expect(await hear(id, 21, { to: null, amount: null, isOdd: true })).toMatchObject({ moved: null });
});

test("who does not name the sum proves nothing about a hold, unless it answers what was asked to be taken", async () => {
  const id = await makeHold();
  const nameless = () => hear(id, 21, { amount: null });
  expect((await nameless()).fits).toBe(false);
  expect(await read(id)).toMatchObject({ state: "held", paid_at: null, attention: "wrong-content" });
  await begin(id, "complete", 600);
  await nameless();
  expect((await nameless()).fits).toBe(true);
  expect(await read(id)).toMatchObject({ state: "paid", amount: 600 });
});

test("what was asked to be taken is what was taken, whether the gateway names that or the hold", async () => {
  for (const amount of [600, 1000, null]) {
    const id = await makeHold();
    expect(await begin(id, "complete", 600)).toBe(true);
    await hear(id, 21, { amount });
    expect(await read(id)).toMatchObject({ state: "paid", amount: 600, attention: null });
  }
});

test("more than was held is refused by the database, with and without our statement", async () => {
  const id = await makeHold();
  expect(await begin(id, "complete", 1001)).toBe(false);
  await expect(database.sql`update payments set amount = 1001 where id = ${id}`).rejects.toThrow("payments_held");
  await expect(database.sql`update payments set reserved_amount = 1 where id = ${id}`).rejects.toThrow("held_unpaid");
  const { id: ordinary } = await makePayment(database.sql, merchant, "waiting");
  await expect(database.sql`update payments set state = 'held' where id = ${ordinary}`).rejects.toThrow("held_unpaid");
});

test("of many acts at once one begins, and the next one only after it has ended", async () => {
  const id = await makeHold();
  const number = newHoldActNo();
  const begun = await Promise.all([
    begin(id, "complete", 600, number),
    ...Array.from({ length: 7 }, (_, index) => begin(id, index % 2 === 0 ? "release" : "complete")),
  ]);
  expect(begun.filter(Boolean)).toHaveLength(1);
  expect(await begin(id, "release")).toBe(false);
  const { merchantId } = merchant;
  const [first] = await database.sql`select id from hold_acts where payment_id = ${id}`;
  const givenUp = { merchantId, id: HoldActId.parse(first?.["id"]), errCode: "9999", errMsg: "no" };
  expect(await failHoldAct(database.sql, givenUp)).toBe(true);
  const next = newHoldActNo();
  expect(await begin(id, "release", 0, next)).toBe(true);
  // Somebody who asked about the first one hears only now that the hold stood.
  expect(await failHoldAct(database.sql, givenUp)).toBe(false);
  expect(await findHoldAct(database.sql, { merchantIds: [merchantId], number: next })).toMatchObject({ state: "sent" });
  await hear(id, 22);
  expect(await findHoldAct(database.sql, { merchantIds: [merchantId], number: next })).toMatchObject({
    state: "succeeded",
    amount: 1000,
  });
  expect(await begin(id, "complete")).toBe(false);
});

test("a release that the gateway answers with a completion is not done", async () => {
  const id = await makeHold();
  const number = newHoldActNo();
  await begin(id, "release", 0, number);
  await hear(id, 21);
  expect(await read(id)).toMatchObject({ state: "paid", attention: "completed-elsewhere" });
  expect(await findHoldAct(database.sql, { merchantIds: [merchant.merchantId], number })).toMatchObject({
    state: "failed",
  });
});
