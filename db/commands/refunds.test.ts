import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeCall, makeMerchant, makePayment, type TestMerchant } from "@/db/testing/rows";
import { CancelId, newId, newMchRefundNo, type PaymentId, RefundId } from "@/lib/domain/ids";
import type { RefundState } from "@/lib/domain/refund-state";
import { applyRefundNews } from "./apply-refund-news";
import { failCancel, insertCancel } from "./cancels";
import { claimDue } from "./due";
import { markRefundSent, reserveRefund, seeingTheFasterClick } from "./refunds";

let database: TestDatabase;
let merchant: TestMerchant;

beforeAll(async () => {
  database = await testDatabase();
  merchant = await makeMerchant(database.sql);
});
afterAll(() => database.close());

function reserve(paymentId: PaymentId, amount: number, mchRefundNo = newMchRefundNo()) {
  const intent = {
    id: newId(RefundId),
    paymentId,
    mchRefundNo,
    amount,
    reason: "Goodwill",
    note: null,
    holdSeconds: 0,
    origin: "console" as const,
    approvedBy: null,
  };
  return seeingTheFasterClick(() => reserveRefund(database.sql, merchant.merchantId, intent, "script"));
}

function hear(refundId: RefundId, paymentId: PaymentId, to: RefundState) {
  return applyRefundNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { refundId, paymentId },
    news: {
      to,
      provenBy: "query",
      gatewayState: 2,
      mchRefundNo: null,
      refundOrderId: null,
      payOrderId: null,
      channelOrderNo: null,
      amount: null,
      currency: null,
      errCode: null,
      errMsg: null,
      succeededAt: null,
    },
    evidence: { by: "query", call: makeCall(merchant.credentialId, "refundQuery"), actor: "worker" },
    nextAsk: "never",
  });
}

async function sums(paymentId: PaymentId) {
  const [row] = await database.sql`select reserved_amount, refunded_amount from payments where id = ${paymentId}`;
  return { reserved: Number(row?.reserved_amount), refunded: Number(row?.refunded_amount) };
}

async function reservedId(paymentId: PaymentId, amount: number): Promise<RefundId> {
  const reserved = await reserve(paymentId, amount);
  if (reserved.outcome !== "reserved") throw new Error(reserved.outcome);
  return reserved.id;
}

test("sixteen people refunding one payment at once reserve no more than was paid", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const outcomes = await Promise.all(Array.from({ length: 16 }, () => reserve(id, 60)));
  expect(outcomes.filter(({ outcome }) => outcome === "reserved")).toHaveLength(1);
  expect(await sums(id)).toEqual({ reserved: 60, refunded: 0 });
  const small = await Promise.all(Array.from({ length: 60 }, () => reserve(id, 1)));
  expect(small.filter(({ outcome }) => outcome === "reserved")).toHaveLength(40);
  expect(await sums(id)).toEqual({ reserved: 100, refunded: 0 });
});

test("of the refunds of a payment one is in flight, and the next is woken by its end", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const { merchantId } = merchant;
  const [first, second] = [await reservedId(id, 10), await reservedId(id, 20)];
  expect(await markRefundSent(database.sql, { merchantId, refundId: first, sendCount: 0 })).toBe("claimed");
  expect(await markRefundSent(database.sql, { merchantId, refundId: second, sendCount: 0 })).toBe("waits");
  await hear(first, id, "succeeded");
  const [woken] = await database.sql`select next_ask_at <= now() as is_due from refunds where id = ${second}`;
  expect(woken?.is_due).toBe(true);
  expect(await markRefundSent(database.sql, { merchantId, refundId: second, sendCount: 0 })).toBe("claimed");
});

test("the parts of a payment never exceed what was paid", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const first = await reservedId(id, 60);
  await hear(first, id, "succeeded");
  expect(await sums(id)).toEqual({ reserved: 60, refunded: 60 });
  expect(await reserve(id, 41)).toEqual({ outcome: "exceeds-rest" });
  const second = await reservedId(id, 40);
  await hear(second, id, "succeeded");
  expect(await sums(id)).toEqual({ reserved: 100, refunded: 100 });
});

test("an unclear refund keeps its money reserved until the gateway's word", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const refund = await reservedId(id, 60);
  await hear(refund, id, "unclear");
  expect(await reserve(id, 10)).toEqual({ outcome: "one-unclear" });
  await hear(refund, id, "failed");
  expect(await sums(id)).toEqual({ reserved: 0, refunded: 0 });
  expect(await reserve(id, 100)).toMatchObject({ outcome: "reserved" });
});

test("a refund that succeeds after it was called failed is counted and asks for a person", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const refund = await reservedId(id, 60);
  await hear(refund, id, "failed");
  await hear(refund, id, "succeeded");
  expect(await sums(id)).toEqual({ reserved: 60, refunded: 60 });
  const [row] = await database.sql`select attention from refunds where id = ${refund}`;
  expect(row?.attention).toBe("succeeded-after-failure");
});

test("a success does not turn into a failure: the gateway's second word becomes a conflict", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const refund = await reservedId(id, 60);
  await hear(refund, id, "succeeded");
  expect(await hear(refund, id, "failed")).toMatchObject({ moved: null, contradicts: true });
  expect(await sums(id)).toEqual({ reserved: 60, refunded: 60 });
});

test("the same number, payment and sum twice is one refund; with another sum it is refused", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const number = newMchRefundNo();
  const outcomes = await Promise.all([reserve(id, 60, number), reserve(id, 60, number), reserve(id, 60, number)]);
  expect(outcomes.filter(({ outcome }) => outcome === "reserved")).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === "repeated")).toHaveLength(2);
  expect(await reserve(id, 50, number)).toEqual({ outcome: "number-taken" });
});

test("nothing is refunded of a payment that is not paid", async () => {
  for (const state of ["waiting", "closed", "declined", "cancelled", "refunded", "unclear"] as const) {
    const { id } = await makePayment(database.sql, merchant, state, 100);
    expect(await reserve(id, 10)).toEqual({ outcome: "exceeds-rest" });
  }
});

test("of a cancel and a refund at once one gets through", async () => {
  for (let round = 0; round < 20; round++) {
    const { id: paymentId } = await makePayment(database.sql, merchant, "paid", 100);
    const { merchantId } = merchant;
    const [cancel, refund] = await Promise.all([
      insertCancel(database.sql, { merchantId, paymentId, id: newId(CancelId), actor: "script" }),
      reserve(paymentId, 60),
    ]);
    expect([cancel, refund.outcome === "reserved"].filter(Boolean)).toHaveLength(1);
  }
});

test("a cancel that failed gives the money free", async () => {
  const { id: paymentId } = await makePayment(database.sql, merchant, "paid", 100);
  const { merchantId } = merchant;
  const id = newId(CancelId);
  await insertCancel(database.sql, { merchantId, paymentId, id, actor: "script" });
  expect(await reserve(paymentId, 10)).toEqual({ outcome: "exceeds-rest" });
  expect(await failCancel(database.sql, { merchantId, id, errCode: null, errMsg: "not today" })).toBe(true);
  expect(await reserve(paymentId, 10)).toMatchObject({ outcome: "reserved" });
});

test("a late answer about a cancel that has ended leaves the one that was started after it alone", async () => {
  const { id: paymentId } = await makePayment(database.sql, merchant, "paid", 100);
  const { merchantId } = merchant;
  const [first, second] = [newId(CancelId), newId(CancelId)];
  const givenUp = { merchantId, id: first, errCode: null, errMsg: "not today" };
  await insertCancel(database.sql, { merchantId, paymentId, id: first, actor: "script" });
  expect(await failCancel(database.sql, givenUp)).toBe(true);
  expect(await insertCancel(database.sql, { merchantId, paymentId, id: second, actor: "script" })).toBe(true);
  // Somebody who asked about the first one hears only now that the payment was not cancelled.
  expect(await failCancel(database.sql, givenUp)).toBe(false);
  expect(await reserve(paymentId, 10)).toEqual({ outcome: "exceeds-rest" });
  const [open] = await database.sql`select state from cancels where id = ${second}`;
  expect(open).toEqual({ state: "sent" });
});

test("of many workers one sends a refund", async () => {
  const { id } = await makePayment(database.sql, merchant, "paid", 100);
  const refundId = await reservedId(id, 60);
  const { merchantId } = merchant;
  const claims = await Promise.all(
    Array.from({ length: 8 }, () => markRefundSent(database.sql, { merchantId, refundId, sendCount: 0 })),
  );
  expect(claims.filter((claim) => claim === "claimed")).toHaveLength(1);
});

test("of many workers one asks about a payment that is due", async () => {
  const { id } = await makePayment(database.sql, merchant);
  await database.sql`update payments set next_ask_at = null`;
  await database.sql`update refunds set next_ask_at = null`;
  await database.sql`update payments set next_ask_at = now() - interval '1 second' where id = ${id}`;
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimDue(database.sql, 10)));
  expect(claims.flat()).toEqual([{ kind: "payment", merchantId: merchant.merchantId, id }]);
});
