import { afterAll, beforeAll, expect, test } from "vitest";
import { cancels } from "@/db/schema/cancels";
import { credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { timelineEntries } from "@/db/schema/timeline-entries";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  CancelId,
  CredentialId,
  MerchantId,
  newId,
  newMchOrderNo,
  PaymentId,
  PersonId,
  TimelineEntryId,
} from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { payFormOf, paymentToRepeat } from "./payment-credentials";
import { findPayment } from "./payment-page";
import { timelineOfPayment } from "./payment-timeline";

let database: TestDatabase;
const merchantId = newId(MerchantId);
const elsewhere = newId(MerchantId);
const credentialId = newId(CredentialId);
const personId = newId(PersonId);
const payment = { merchantId, id: newId(PaymentId) };

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await db.insert(merchants).values([
    { merchantId, environment: "test", mchNo: "M-1", label: "Shop" },
    { merchantId: elsewhere, environment: "production", mchNo: "M-2", label: "Shop" },
  ]);
  await db.insert(people).values({ id: personId, email: "mei@example.test", name: "Mei Lam", role: "operator" });
  await db
    .insert(credentials)
    .values({ merchantId, id: credentialId, label: "Counter", baseUrl: "http://127.0.0.1", appId: "a", wayCodes: [] });
  await db.insert(payments).values({
    ...payment,
    credentialId,
    mchOrderNo: newMchOrderNo(),
    wayCode: "ALI_PC",
    amount: 8800,
    currency: "HKD",
    subject: "Tea",
    body: "Tea",
    expiredTimeSeconds: 7200,
    state: "paid",
    payDataType: "FORM",
    payData: "<form></form>",
    expiresAt: new Date(),
    createdBy: personId,
  });
});

afterAll(async () => database.close());

function scope(...merchantIds: MerchantId[]): Scope {
  const known = merchantIds.map((id) => ({ merchantId: id, mchNo: "M", label: "Shop" }));
  return { environment: "test", merchants: known } as unknown as Scope;
}

test("a payment is found with the names around it, and in its own environment only", async () => {
  const found = await findPayment(scope(merchantId), payment.id);
  expect(found).toMatchObject({
    credentialLabel: "Counter",
    createdByName: "Mei Lam",
    mchNo: "M-1",
    hasOpenCancel: false,
  });
  expect(await findPayment(scope(elsewhere), payment.id)).toBeNull();
  expect(await findPayment(scope(), payment.id)).toBeNull();
  expect(await paymentToRepeat(scope(elsewhere), payment.id)).toBeNull();
  expect(await payFormOf(scope(elsewhere), payment.id)).toBeNull();
});

test("the gateway's form is handed out whatever case its type is written in, and nothing else is a form", async () => {
  expect(await payFormOf(scope(merchantId), payment.id)).toBe("<form></form>");
  await database.sql`update payments set pay_data_type = 'payurl' where id = ${payment.id}`;
  expect(await payFormOf(scope(merchantId), payment.id)).toBeNull();
});

test("a cancel whose outcome nobody knows is open, one that failed is not", async () => {
  const id = newId(CancelId);
  await database.db.insert(cancels).values({ merchantId, id, paymentId: payment.id, state: "sent" });
  expect(await findPayment(scope(merchantId), payment.id)).toMatchObject({ hasOpenCancel: true });
  await database.sql`update cancels set state = 'failed' where id = ${id}`;
  expect(await findPayment(scope(merchantId), payment.id)).toMatchObject({ hasOpenCancel: false });
});

test("a long timeline comes in parts that hold every entry once, from either end", async () => {
  const made = Array.from({ length: 23 }, (_, index) => ({
    merchantId,
    id: newId(TimelineEntryId),
    paymentId: payment.id,
    kind: "act",
    actor: index % 2 === 0 ? personId : "worker",
    details: { act: "ask" },
  }));
  await database.db.insert(timelineEntries).values(made);
  for (const order of ["newest", "oldest"] as const) {
    const seen: string[] = [];
    let after: TimelineEntryId | null = null;
    do {
      const part: Awaited<ReturnType<typeof timelineOfPayment>> = await timelineOfPayment(payment, { order, after }, 5);
      expect(part.rows.every((row) => (row.personName === "Mei Lam") === (row.actor === personId))).toBe(true);
      seen.push(...part.rows.map((row) => row.id));
      after = part.next;
    } while (after && seen.length < 100);
    const inOrder = made.map(({ id }) => id);
    expect(seen).toEqual(order === "oldest" ? inOrder : inOrder.toReversed());
  }
});
