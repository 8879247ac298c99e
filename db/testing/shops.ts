import type { Db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { gatewayCalls } from "@/db/schema/gateway-calls";
import { merchants } from "@/db/schema/merchants";
import { notificationBodies, notifications } from "@/db/schema/notifications";
import { payments } from "@/db/schema/payments";
import { refunds } from "@/db/schema/refunds";
import type { Environment } from "@/lib/domain/environment";
import {
  CredentialId,
  GatewayCallId,
  MerchantId,
  NotificationId,
  newId,
  newMchOrderNo,
  newMchRefundNo,
  PaymentId,
  RefundId,
} from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";

/** A merchant with one credential, so that rows of business data have something to belong to. */
export type Shop = { environment: Environment; merchantId: MerchantId; credentialId: CredentialId; label: string };

export async function addShop(db: Db, environment: Environment, label: string): Promise<Shop> {
  const shop = { environment, merchantId: newId(MerchantId), credentialId: newId(CredentialId), label };
  await db.insert(merchants).values({ merchantId: shop.merchantId, environment, mchNo: `M-${label}`, label });
  await db.insert(credentials).values({
    merchantId: shop.merchantId,
    id: shop.credentialId,
    label,
    baseUrl: "http://127.0.0.1",
    appId: "60cc09bce4b0f1c0b83761c9",
    wayCodes: [],
  });
  return shop;
}

/** What somebody may see of these shops. Queries ask a scope for nothing but its environment and merchants. */
export function scopeOfShops(environment: Environment, ...shops: Shop[]): Scope {
  const known = shops.map(({ merchantId, label }) => ({ merchantId, mchNo: `M-${label}`, label }));
  return { environment, merchants: known } as unknown as Scope;
}

export async function addPayment(db: Db, shop: Shop, values: Partial<typeof payments.$inferInsert> = {}) {
  const row = {
    merchantId: shop.merchantId,
    id: newId(PaymentId),
    credentialId: shop.credentialId,
    mchOrderNo: newMchOrderNo(),
    wayCode: "WX_QR",
    amount: 5000,
    currency: "HKD",
    subject: "Tea",
    body: "Tea",
    expiredTimeSeconds: 7200,
    state: "paid",
    expiresAt: new Date("2026-11-19T08:00:00Z"),
    ...values,
  };
  await db.insert(payments).values(row);
  return { ...row, id: PaymentId.parse(row.id) };
}

export async function addRefund(
  db: Db,
  shop: Shop,
  paymentId: PaymentId,
  values: Partial<typeof refunds.$inferInsert> = {},
) {
  const row = {
    merchantId: shop.merchantId,
    id: newId(RefundId),
    paymentId,
    credentialId: shop.credentialId,
    mchRefundNo: newMchRefundNo(),
    amount: 1000,
    currency: "HKD",
    reason: "customer-return",
    state: "succeeded",
    ...values,
  };
  await db.insert(refunds).values(row);
  return { ...row, id: RefundId.parse(row.id) };
}

export async function addNotification(
  db: Db,
  shop: Shop,
  { body = Buffer.from("state=2"), ...values }: Partial<typeof notifications.$inferInsert> & { body?: Buffer } = {},
) {
  const row = {
    merchantId: shop.merchantId,
    id: newId(NotificationId),
    credentialId: shop.credentialId,
    kind: "payment" as const,
    dedup: Buffer.from(crypto.randomUUID()),
    authenticity: "valid",
    verdict: "valid",
    ...values,
  };
  await db.insert(notifications).values(row);
  const { merchantId, id } = row;
  const contentType = "application/x-www-form-urlencoded";
  await db.insert(notificationBodies).values({ merchantId, id, contentType, query: "", body, headers: [] });
  return { ...row, id: NotificationId.parse(row.id) };
}

export async function addCall(db: Db, shop: Shop, values: Partial<typeof gatewayCalls.$inferInsert> = {}) {
  const row = {
    merchantId: shop.merchantId,
    id: newId(GatewayCallId),
    credentialId: shop.credentialId,
    secretVersion: 1,
    operation: "query",
    url: "http://127.0.0.1/api/pay/query",
    encoding: "json",
    requestFields: { mchOrderNo: "P-1" },
    signedText: "mchOrderNo=P-1&key=<key>",
    sentSign: "0".repeat(32),
    startedAt: new Date("2026-11-19T04:00:00Z"),
    durationMs: 212,
    verification: "valid",
    outcome: "ok",
    ...values,
  };
  await db.insert(gatewayCalls).values(row);
  return { ...row, id: GatewayCallId.parse(row.id) };
}
