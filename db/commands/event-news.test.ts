import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeCall, makeInbox, makeMerchant, makePayment, type TestMerchant, type TestPayment } from "@/db/testing/rows";
import { EventEndpointId, NotificationId, newId, newMchRefundNo, RefundId } from "@/lib/domain/ids";
import type { RefundState } from "@/lib/domain/refund-state";
import { applyPaymentNews, type PaymentNews } from "./apply-payment-news";
import { applyRefundNews, type RefundNews } from "./apply-refund-news";
import { insertRefundElsewhere } from "./refund-elsewhere";

let database: TestDatabase;
let heard: TestMerchant;
let unheard: TestMerchant;

beforeAll(async () => {
  database = await testDatabase();
  heard = await makeMerchant(database.sql);
  unheard = await makeMerchant(database.sql);
  await addEndpoint(heard);
});
afterAll(() => database.close());

async function addEndpoint({ merchantId }: TestMerchant, types: string[] = [], isActive = true) {
  await database.sql`insert into event_endpoints (merchant_id, id, label, url, event_types, is_active)
    values (${merchantId}, ${newId(EventEndpointId)}, 'Shop', 'https://shop.example/hook', ${types}, ${isActive})`;
}

const nothingNew = {
  gatewayState: null,
  mchOrderNo: null,
  payOrderId: null,
  channelOrderNo: null,
  amount: null,
  currency: null,
  errCode: null,
  errMsg: null,
};

function notify(merchant: TestMerchant, payment: TestPayment, change: Partial<PaymentNews> = {}) {
  return applyPaymentNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { mchOrderNo: payment.mchOrderNo },
    news: {
      ...nothingNew,
      to: "paid",
      provenBy: "notification",
      payOrderId: "P1900000000000000001",
      paidAt: new Date("2026-11-19T03:42:09.000Z"),
      payDataType: null,
      payData: null,
      ...change,
    },
    evidence: { by: "notification", inbox: makeInbox(merchant.credentialId, payment.mchOrderNo) },
    nextAsk: "keep",
  });
}

async function makeRefund(merchant: TestMerchant, state: RefundState) {
  const payment = await makePayment(database.sql, merchant, "paid");
  const id = newId(RefundId);
  await database.sql`update payments set reserved_amount = 234 where id = ${payment.id}`;
  await database.sql`insert into refunds (merchant_id, id, payment_id, credential_id, mch_refund_no, amount, currency,
    reason, state) values (${merchant.merchantId}, ${id}, ${payment.id}, ${merchant.credentialId}, ${newMchRefundNo()},
    234, 'HKD', 'Broken cup', ${state})`;
  return { id, paymentId: payment.id };
}

function hear(merchant: TestMerchant, refund: { id: RefundId; paymentId: TestPayment["id"] }, to: RefundNews["to"]) {
  return applyRefundNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { refundId: refund.id, paymentId: refund.paymentId },
    news: { ...nothingNew, mchRefundNo: null, refundOrderId: null, succeededAt: null, to, provenBy: "query" },
    evidence: { by: "query", call: makeCall(merchant.credentialId), actor: "worker" },
    nextAsk: "keep",
  });
}

async function eventsOf(paymentId: string) {
  return database.sql<{ type: string; refund_id: string | null; payload: Record<string, never>; is_new: boolean }[]>`
    select type, refund_id, payload, is_new from events where payment_id = ${paymentId} order by id`;
}

test("a payment that is paid is one event, with what a shop needs to find its order", async () => {
  const payment = await makePayment(database.sql, heard);
  await notify(heard, payment);
  const [event, ...more] = await eventsOf(payment.id);
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    type: "payment.paid",
    is_new: true,
    payload: {
      environment: "test",
      mchNo: heard.mchNo,
      previousState: "waiting",
      provenBy: "notification",
      payment: {
        id: payment.id,
        mchOrderNo: payment.mchOrderNo,
        payOrderId: "P1900000000000000001",
        amount: 1234,
        currency: "HKD",
        state: "paid",
        attention: null,
      },
    },
  });
});

test("a hundred messages at once that say the same are one event", async () => {
  const payment = await makePayment(database.sql, heard);
  await Promise.all(Array.from({ length: 100 }, () => notify(heard, payment)));
  expect((await eventsOf(payment.id)).map(({ type }) => type)).toEqual(["payment.paid"]);
});

test("news that moves nothing, or a state nobody can subscribe to, is no event", async () => {
  const payment = await makePayment(database.sql, heard, "created");
  await notify(heard, payment, { to: "waiting" });
  await notify(heard, payment, { to: null });
  expect(await eventsOf(payment.id)).toEqual([]);
});

test("a message that does not fit is no payment, and a person's attention is asked for once", async () => {
  const payment = await makePayment(database.sql, heard);
  await notify(heard, payment, { amount: 1 });
  await notify(heard, payment, { amount: 1 });
  const found = await eventsOf(payment.id);
  expect(found.map(({ type }) => type)).toEqual(["payment.attention"]);
  expect(found[0]?.payload).toMatchObject({ payment: { state: "waiting", attention: "wrong-content" } });
});

test("money that comes after a close is heard as paid and as something to look at", async () => {
  const payment = await makePayment(database.sql, heard, "closed");
  await notify(heard, payment);
  expect((await eventsOf(payment.id)).map(({ type }) => type).sort()).toEqual(["payment.attention", "payment.paid"]);
});

test("a merchant without an endpoint in use pays for no row", async () => {
  await addEndpoint(unheard, [], false);
  const payment = await makePayment(database.sql, unheard);
  await notify(unheard, payment);
  expect(await eventsOf(payment.id)).toEqual([]);
});

test("an endpoint that asks for refunds only does not make events of payments", async () => {
  const merchant = await makeMerchant(database.sql);
  await addEndpoint(merchant, ["refund.succeeded"]);
  const refund = await makeRefund(merchant, "sent");
  await hear(merchant, refund, "pending");
  expect(await eventsOf(refund.paymentId)).toEqual([]);
  await hear(merchant, refund, "succeeded");
  expect((await eventsOf(refund.paymentId)).map(({ type }) => type)).toEqual(["refund.succeeded"]);
});

test("each state of a refund is heard once, with the sums of its payment as they are then", async () => {
  const refund = await makeRefund(heard, "sent");
  for (const to of ["unclear", "pending", "pending", "succeeded", "succeeded"] as const) await hear(heard, refund, to);
  const found = await eventsOf(refund.paymentId);
  expect(found.map(({ type }) => type)).toEqual(["refund.unclear", "refund.pending", "refund.succeeded"]);
  expect(found.at(-1)).toMatchObject({
    refund_id: refund.id,
    payload: {
      refund: { id: refund.id, amount: 234, state: "succeeded" },
      payment: { id: refund.paymentId, amount: 1234, refundedAmount: 234 },
      previousState: "pending",
    },
  });
});

test("a refund that succeeds after it had failed is heard, and asks for a person twice over", async () => {
  const refund = await makeRefund(heard, "failed");
  await hear(heard, refund, "succeeded");
  expect((await eventsOf(refund.paymentId)).map(({ type }) => type).sort()).toEqual([
    "payment.attention",
    "refund.attention",
    "refund.succeeded",
  ]);
});

test("a refund made at the gateway's own side is heard like one made here, and as something to look at", async () => {
  const payment = await makePayment(database.sql, heard, "paid");
  const payOrderId = `P${payment.id.replaceAll("-", "")}`;
  await database.sql`update payments set pay_order_id = ${payOrderId} where id = ${payment.id}`;
  const mchRefundNo = newMchRefundNo();
  const take = () =>
    insertRefundElsewhere(database.sql, {
      merchantId: heard.merchantId,
      refundId: newId(RefundId),
      notificationId: newId(NotificationId),
      credentialId: heard.credentialId,
      news: {
        ...nothingNew,
        to: "succeeded",
        provenBy: "notification",
        mchRefundNo,
        refundOrderId: null,
        payOrderId,
        amount: 400,
        currency: "HKD",
        succeededAt: null,
      },
    });
  await take();
  await take();
  const found = await eventsOf(payment.id);
  expect(found.map(({ type }) => type).sort()).toEqual(["payment.attention", "refund.succeeded"]);
  expect(found.find(({ type }) => type === "refund.succeeded")?.payload).toMatchObject({
    refund: { mchRefundNo, amount: 400, state: "succeeded" },
    payment: { mchOrderNo: payment.mchOrderNo, refundedAmount: 400, attention: "refunded-elsewhere" },
    previousState: null,
  });
});
