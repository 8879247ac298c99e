import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeMerchant, makePayment, type TestMerchant } from "@/db/testing/rows";
import { CredentialId, NotificationId, newId, newMchRefundNo, type PaymentId, RefundId } from "@/lib/domain/ids";
import { insertRefundElsewhere } from "./refund-elsewhere";

let database: TestDatabase;
let merchant: TestMerchant;

beforeAll(async () => {
  database = await testDatabase();
  merchant = await makeMerchant(database.sql);
});
afterAll(() => database.close());

const payOrderIdOf = (id: PaymentId) => `P${id.replaceAll("-", "")}`;

async function makeNamed(state: "paid" | "waiting", held: number | null): Promise<PaymentId> {
  const { id } = await makePayment(database.sql, merchant, state, 1000);
  await database.sql`update payments set pay_order_id = ${payOrderIdOf(id)}, held_amount = ${held} where id = ${id}`;
  return id;
}

function tell(id: PaymentId, credentialId: CredentialId = merchant.credentialId) {
  return insertRefundElsewhere(database.sql, {
    merchantId: merchant.merchantId,
    refundId: newId(RefundId),
    ...{ notificationId: newId(NotificationId), credentialId },
    news: {
      ...{ to: "succeeded", provenBy: "notification", gatewayState: 2 },
      ...{ mchRefundNo: newMchRefundNo(), refundOrderId: null, payOrderId: payOrderIdOf(id), channelOrderNo: null },
      ...{ amount: 400, currency: "HKD", errCode: null, errMsg: null, succeededAt: null },
    },
  });
}

async function read(id: PaymentId) {
  const [row] = await database.sql`
    select state, reserved_amount::int as reserved, refunded_amount::int as refunded, attention,
      next_ask_at <= now() as "isAskedNow"
    from payments where id = ${id}`;
  return row;
}

test.each(["waiting", "held"])(
  "of a hold that is %s nothing is counted as refunded, and somebody looks",
  async (state) => {
    const id = await makeNamed("waiting", 1000);
    await database.sql`update payments set state = ${state} where id = ${id}`;
    expect(await tell(id)).toBeNull();
    expect(await read(id)).toEqual({ state, reserved: 0, refunded: 0, attention: "contradiction", isAskedNow: true });
    await database.sql`update payments set state = 'paid', paid_at = now() where id = ${id}`;
    expect(await tell(id)).toEqual({ paymentId: id });
    expect(await read(id)).toMatchObject({ reserved: 400, refunded: 400 });
  },
);

test("a message of another application takes nothing in about this one's payment", async () => {
  const id = await makeNamed("paid", null);
  expect(await tell(id, newId(CredentialId))).toBeNull();
  expect(await read(id)).toMatchObject({ reserved: 0, refunded: 0, attention: null });
  expect(await tell(id)).toEqual({ paymentId: id });
});
