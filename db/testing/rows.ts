import type { Sql } from "postgres";
import type { CallRow, InboxRow } from "@/db/commands/evidence";
import { insertPaymentIntent } from "@/db/commands/payments";
import {
  CredentialId,
  GatewayCallId,
  type MchOrderNo,
  MerchantId,
  NotificationId,
  newId,
  newMchOrderNo,
  PaymentId,
} from "@/lib/domain/ids";
import type { PaymentState } from "@/lib/domain/payment-state";

export type TestMerchant = { merchantId: MerchantId; credentialId: CredentialId; mchNo: string };

/** A merchant with one credential that has no secret: for tests of statements, which never open one. */
export async function makeMerchant(sql: Sql, environment: "test" | "production" = "test"): Promise<TestMerchant> {
  const merchantId = newId(MerchantId);
  const credentialId = newId(CredentialId);
  const mchNo = `M${merchantId.replaceAll("-", "").slice(-12)}`;
  await sql`insert into merchants (merchant_id, environment, mch_no, label)
    values (${merchantId}, ${environment}, ${mchNo}, 'Test merchant')`;
  await sql`insert into credentials (merchant_id, id, label, base_url, app_id, way_codes)
    values (${merchantId}, ${credentialId}, 'Counter', 'http://127.0.0.1:1', ${credentialId.slice(0, 24)}, '{}')`;
  return { merchantId, credentialId, mchNo };
}

export type TestPayment = { id: PaymentId; mchOrderNo: MchOrderNo };

/** A payment of HK$ 12.34 in the given state. */
export async function makePayment(
  sql: Sql,
  { merchantId, credentialId }: TestMerchant,
  state: PaymentState = "waiting",
  amount = 1234,
): Promise<TestPayment> {
  const id = newId(PaymentId);
  const mchOrderNo = newMchOrderNo();
  await insertPaymentIntent(
    sql,
    merchantId,
    {
      id,
      credentialId,
      mchOrderNo,
      wayCode: "WX_QR",
      amount,
      currency: "HKD",
      subject: "Tea",
      body: "Green tea",
      clientIp: null,
      notifyUrl: null,
      returnUrl: null,
      expiredTimeSeconds: 7200,
      channelExtra: null,
      extParam: null,
      isAdopted: false,
    },
    { actor: "script", details: { act: "create" } },
  );
  await sql`update payments set state = ${state},
    paid_at = ${["paid", "refunded", "cancelled"].includes(state) ? sql`now()` : null}
    where merchant_id = ${merchantId} and id = ${id}`;
  return { id, mchOrderNo };
}

export function makeCall(credentialId: CredentialId, operation = "query"): CallRow {
  return {
    id: newId(GatewayCallId),
    credentialId,
    secretVersion: 1,
    operation,
    url: "http://127.0.0.1:1/api/pay/query",
    encoding: "json",
    requestFields: {},
    signedText: "key=<key>",
    sentSign: "0".repeat(32),
    startedAt: new Date(),
    durationMs: 12,
    httpStatus: 200,
    contentType: "application/json",
    answerText: "{}",
    verification: "valid",
    code: "0",
    msg: "SUCCESS",
    outcome: "ok",
  };
}

/** A believed message about an order; `dedup` tells messages apart. */
export function makeInbox(credentialId: CredentialId, orderNo: string, dedup = crypto.randomUUID()): InboxRow {
  return {
    id: newId(NotificationId),
    credentialId,
    kind: "payment",
    contentType: "application/x-www-form-urlencoded",
    query: "",
    body: new TextEncoder().encode(`mchOrderNo=${orderNo}`),
    headers: [],
    sourceAddress: "127.0.0.1",
    dedup: new TextEncoder().encode(dedup),
    authenticity: "valid",
    ownNames: [],
    secretVersion: 1,
    orderNo,
    gatewayState: 2,
    isOwn: true,
    aloneUpTo: null,
    elapsedUs: 0,
  };
}
