import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeCall, makeInbox, makeMerchant, makePayment, type TestMerchant, type TestPayment } from "@/db/testing/rows";
import { CancelId, newId } from "@/lib/domain/ids";
import { judgePaymentNews, PaymentState } from "@/lib/domain/payment-state";
import { applyPaymentNews, type PaymentNews } from "./apply-payment-news";
import { insertCancel } from "./cancels";
import type { InboxRow } from "./evidence";

let database: TestDatabase;
let merchant: TestMerchant;

beforeAll(async () => {
  database = await testDatabase();
  merchant = await makeMerchant(database.sql);
});
afterAll(() => database.close());

const paid: PaymentNews = {
  to: "paid",
  provenBy: "notification",
  gatewayState: 2,
  mchOrderNo: null,
  payOrderId: "P1900000000000000001",
  channelOrderNo: "4200001",
  amount: 1234,
  currency: "HKD",
  errCode: null,
  errMsg: null,
  paidAt: new Date("2026-11-19T03:42:09.000Z"),
  payDataType: null,
  payData: null,
};

function notify(payment: TestPayment, change: { news?: Partial<PaymentNews>; inbox?: Partial<InboxRow> } = {}) {
  return applyPaymentNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { mchOrderNo: payment.mchOrderNo },
    news: { ...paid, ...change.news },
    evidence: {
      by: "notification",
      inbox: { ...makeInbox(merchant.credentialId, payment.mchOrderNo), ...change.inbox },
    },
    nextAsk: "keep",
  });
}

function answerQuery(payment: TestPayment, news: Partial<PaymentNews>) {
  return applyPaymentNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { paymentId: payment.id },
    news: { ...paid, provenBy: "query", ...news },
    evidence: { by: "query", call: makeCall(merchant.credentialId), actor: "worker" },
    nextAsk: 5_000,
  });
}

async function read(payment: TestPayment) {
  const [row] = await database.sql`select * from payments where id = ${payment.id}`;
  const entries = await database.sql<{ kind: string; from_state: string | null; to_state: string | null }[]>`
    select kind, from_state, to_state from timeline_entries where payment_id = ${payment.id} order by id`;
  const inbox = await database.sql<{ verdict: string; deliveries: number; effect: string | null }[]>`
    select verdict, deliveries, effect from notifications where payment_id = ${payment.id} order by id`;
  return { row: row ?? {}, entries: [...entries], inbox: [...inbox] };
}

test("a notification marks the payment paid and leaves the message, the change and its proof behind", async () => {
  const payment = await makePayment(database.sql, merchant);
  const applied = await notify(payment);
  expect(applied).toMatchObject({ moved: { from: "waiting", to: "paid" }, verdict: "valid", deliveries: 1 });
  const { row, entries, inbox } = await read(payment);
  expect(row).toMatchObject({ state: "paid", proven_by: "notification", pay_order_id: "P1900000000000000001" });
  expect(new Date(row.paid_at).toISOString()).toBe("2026-11-19T03:42:09.000Z");
  expect(row.next_ask_at).toBeNull();
  expect(entries.map((entry) => entry.kind)).toEqual(["act", "notification", "change"]);
  expect(inbox).toEqual([{ verdict: "valid", deliveries: 1, effect: "waiting>paid" }]);
});

test("a notification delivered a hundred times at once is one row, one change and a hundred deliveries", async () => {
  const payment = await makePayment(database.sql, merchant);
  await Promise.all(
    Array.from({ length: 100 }, () => notify(payment, { inbox: { dedup: new TextEncoder().encode(payment.id) } })),
  );
  const { entries, inbox } = await read(payment);
  expect(inbox).toEqual([{ verdict: "valid", deliveries: 100, effect: "waiting>paid" }]);
  expect(entries.filter((entry) => entry.kind === "change")).toHaveLength(1);
  expect(entries.filter((entry) => entry.kind === "notification")).toHaveLength(1);
});

test("a message about another sum, currency, number or application is kept and moves nothing, and we ask", async () => {
  const wrong: { news?: Partial<PaymentNews>; inbox?: Partial<InboxRow> }[] = [
    { news: { amount: 1 } },
    { news: { currency: "USD" } },
    { news: { mchOrderNo: "P-OTHER" } },
    { inbox: { isOwn: false } },
  ];
  for (const change of wrong) {
    const payment = await makePayment(database.sql, merchant);
    await database.sql`update payments set next_ask_at = now() + interval '1 hour' where id = ${payment.id}`;
    const applied = await notify(payment, change);
    expect(applied).toMatchObject({ moved: null, verdict: "wrong-content" });
    const { row } = await read(payment);
    expect(row.state).toBe("waiting");
    expect(new Date(row.next_ask_at).getTime()).toBeLessThan(Date.now() + 60_000);
  }
});

test("a message under another credential's address moves nothing", async () => {
  const other = await makeMerchant(database.sql);
  await database.sql`insert into credentials (merchant_id, id, label, base_url, app_id, way_codes)
    values (${merchant.merchantId}, ${other.credentialId}, 'Other', 'http://127.0.0.1:1', 'other-app', '{}')`;
  const payment = await makePayment(database.sql, merchant);
  const applied = await notify(payment, { inbox: { credentialId: other.credentialId } });
  expect(applied).toMatchObject({ moved: null, verdict: "wrong-content" });
});

test("a message that proves nothing is kept with its reason and moves nothing", async () => {
  for (const authenticity of ["bad-signature", "ambiguous", "unreadable"] as const) {
    const payment = await makePayment(database.sql, merchant);
    const applied = await notify(payment, { inbox: { authenticity } });
    expect(applied).toMatchObject({ moved: null, verdict: authenticity });
    expect((await read(payment)).row).toMatchObject({ state: "waiting", attention: null });
  }
});

test("a message about an order nobody knows is kept", async () => {
  const applied = await notify({ id: (await makePayment(database.sql, merchant)).id, mchOrderNo: "NOBODY" as never });
  expect(applied).toMatchObject({ paymentId: null, moved: null, verdict: "unknown-order", deliveries: 1 });
});

test("every state moves forward only, and what cannot be squared becomes a conflict", async () => {
  // Only orders that hold money can be held; see hold-news.test.ts.
  const states = PaymentState.options.filter((state) => state !== "held");
  for (const from of states) {
    for (const to of states.filter((state) => state !== "prepared")) {
      const payment = await makePayment(database.sql, merchant, from);
      const applied = await answerQuery(payment, { to });
      const expected = judgePaymentNews(from, to);
      const { row, entries } = await read(payment);
      expect([from, to, row.state]).toEqual([from, to, expected === "forward" ? to : from]);
      expect([from, to, applied.contradicts]).toEqual([from, to, expected === "contradiction"]);
      expect(entries.filter((entry) => entry.kind === "conflict")).toHaveLength(expected === "contradiction" ? 1 : 0);
    }
  }
});

test("paid after close is real money and asks for a person", async () => {
  const payment = await makePayment(database.sql, merchant, "closed");
  const applied = await notify(payment);
  expect(applied).toMatchObject({ moved: { from: "closed", to: "paid" }, verdict: "late" });
  expect((await read(payment)).row.attention).toBe("paid-after-close");
});

test("an unknown state number is shown and moves nothing", async () => {
  const payment = await makePayment(database.sql, merchant);
  await answerQuery(payment, { to: null, gatewayState: 9 });
  expect((await read(payment)).row).toMatchObject({ state: "waiting", gateway_state: 9 });
});

test("messages that prove nothing are bounded, and believed ones still come through", async () => {
  const flooded = await makeMerchant(database.sql);
  const before = merchant;
  merchant = flooded;
  try {
    const payment = await makePayment(database.sql, flooded);
    await database.sql`
      insert into notifications (merchant_id, id, credential_id, kind, dedup, authenticity, verdict)
      select ${flooded.merchantId}, gen_random_uuid(), ${flooded.credentialId}, 'payment', sha256(n::text::bytea), 'bad-signature', 'bad-signature'
      from generate_series(1, 500) n`;
    await notify(payment, { inbox: { authenticity: "bad-signature" } });
    const [count] = await database.sql`select count(*)::int as n from notifications
      where merchant_id = ${flooded.merchantId}`;
    expect(count?.n).toBe(500);
    expect(await notify(payment)).toMatchObject({ verdict: "valid", moved: { to: "paid" } });
  } finally {
    merchant = before;
  }
});

test("text with NUL and half characters is stored readably, and the raw bytes stay as they came", async () => {
  const payment = await makePayment(database.sql, merchant);
  const body = new Uint8Array([97, 0, 255, 98]);
  const applied = await notify(payment, {
    inbox: { body, ownNames: ["a\u0000b\uD800c"], query: "a\u0000=b", headers: [["x-odd", "\uD800"]] },
    news: { errMsg: "\u0000\uDC00" },
  });
  expect(applied.verdict).toBe("valid");
  const [row] = await database.sql<
    { body: Uint8Array }[]
  >`select body from notification_bodies join notifications using (merchant_id, id) where payment_id = ${payment.id}`;
  expect([...(row?.body ?? [])]).toEqual([...body]);
});

function answerWithNothingLeftToAsk(payment: TestPayment, news: Partial<PaymentNews>) {
  return applyPaymentNews(database.sql, {
    merchantId: merchant.merchantId,
    target: { paymentId: payment.id },
    news: { ...paid, provenBy: "query", ...news },
    evidence: { by: "query", call: makeCall(merchant.credentialId), actor: "worker" },
    nextAsk: "never",
  });
}

test("an old answer that leaves nothing to ask does not stop the questions about a cancel begun meanwhile", async () => {
  const payment = await makePayment(database.sql, merchant, "paid");
  const { merchantId } = merchant;
  await insertCancel(database.sql, { merchantId, paymentId: payment.id, id: newId(CancelId), actor: "script" });
  await answerWithNothingLeftToAsk(payment, {});
  expect((await read(payment)).row["next_ask_at"]).not.toBeNull();
});

test("a payment refunded in full is asked about until the gateway calls it refunded, though one question fails", async () => {
  const payment = await makePayment(database.sql, merchant, "paid");
  // It was asked about often before, for as long as somebody waited for a cancel.
  await database.sql`
    update payments set refunded_amount = amount, reserved_amount = amount, ask_count = 200 where id = ${payment.id}`;
  await answerWithNothingLeftToAsk(payment, { to: null, gatewayState: null });
  expect((await read(payment)).row["next_ask_at"]).not.toBeNull();
  await answerWithNothingLeftToAsk(payment, { to: "refunded", gatewayState: 5 });
  expect((await read(payment)).row).toMatchObject({ state: "refunded", next_ask_at: null });
});

test("a payment refunded in full that the gateway never calls refunded is asked about less and less, and not for ever", async () => {
  const payment = await makePayment(database.sql, merchant, "paid");
  await database.sql`update payments set refunded_amount = amount, reserved_amount = amount where id = ${payment.id}`;
  const pauseAfter = async (minutes: number, askCount: number) => {
    await database.sql`
      update payments set changed_at = now() - make_interval(mins => ${minutes}), ask_count = ${askCount}
      where id = ${payment.id}`;
    await answerWithNothingLeftToAsk(payment, { to: null, gatewayState: null });
    const [row] = await database.sql`
      select round(extract(epoch from next_ask_at - last_asked_at))::int as seconds from payments where id = ${payment.id}`;
    return row?.["seconds"];
  };
  expect([await pauseAfter(0, 0), await pauseAfter(10, 200), await pauseAfter(600, 200)]).toEqual([15, 600, 3600]);
  expect([await pauseAfter(5000, 39), await pauseAfter(5000, 40)]).toEqual([3600, null]);
});

test("an answer about another sum does not end the questions about an open payment", async () => {
  const payment = await makePayment(database.sql, merchant);
  await answerWithNothingLeftToAsk(payment, { amount: 1 });
  expect((await read(payment)).row["next_ask_at"]).not.toBeNull();
});

test("a payment that is paid, with nothing under way, is not asked about any more", async () => {
  const payment = await makePayment(database.sql, merchant, "paid");
  await answerWithNothingLeftToAsk(payment, {});
  expect((await read(payment)).row["next_ask_at"]).toBeNull();
});
