import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeMerchant, makePayment } from "@/db/testing/rows";
import { newId, newMchRefundNo, RefundId } from "@/lib/domain/ids";
import { GET } from "./route";

let database: TestDatabase;

beforeAll(async () => {
  process.env["METRICS_TOKEN"] = "an-invented-token-for-tests";
  database = await testDatabase();
  const merchant = await makeMerchant(database.sql);
  await makePayment(database.sql, merchant, "waiting");
  await makePayment(database.sql, merchant, "unclear");
  const { id } = await makePayment(database.sql, merchant, "paid");
  await database.sql`
    insert into refunds (merchant_id, id, payment_id, credential_id, mch_refund_no, amount, currency, reason, state, attention)
    values (${merchant.merchantId}, ${newId(RefundId)}, ${id}, ${merchant.credentialId}, ${newMchRefundNo()}, 100, 'HKD',
      'goodwill', 'succeeded', 'forgotten')`;
});
afterAll(() => database.close());

function ask(token: string | null): Promise<Response> {
  const headers: HeadersInit = token === null ? {} : { authorization: `Bearer ${token}` };
  return GET(new Request("http://localhost/api/metrics", { headers }));
}

test("a monitor with the token reads how much is open and unclear", async () => {
  const text = await (await ask("an-invented-token-for-tests")).text();
  expect(text).toContain("countersign_payments_open 2\n");
  expect(text).toContain("countersign_payments_unclear 1\n");
  expect(text).toContain("countersign_payments_attention 0\n");
  expect(text).toContain("countersign_refunds_attention 1\n");
});

test("without the token nothing is told", async () => {
  for (const token of [null, "", "wrong", "an-invented-token-for-test"]) {
    const response = await ask(token);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain("countersign");
  }
});
