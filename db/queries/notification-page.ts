import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import { notificationBodies, notifications } from "@/db/schema/notifications";
import { payments } from "@/db/schema/payments";
import { refunds } from "@/db/schema/refunds";
import { CredentialId, NotificationId, PaymentId, RefundId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/**
 * One notification with everything that arrived, the key that verified it, and the payment and refund it was matched
 * with. `raw` is the message as it came over the wire, to the byte; null when the period for which that is kept is over.
 */
export type NotificationDetails = NonNullable<Awaited<ReturnType<typeof findNotification>>>;

/** Null when this environment has none of that id. */
export async function findNotification(scope: Scope, notificationId: NotificationId) {
  const [row] = await db()
    .select({
      id: notifications.id,
      credentialId: notifications.credentialId,
      credentialLabel: credentials.label,
      credentialAppId: credentials.appId,
      credentialMchNo: merchants.mchNo,
      kind: notifications.kind,
      sourceAddress: notifications.sourceAddress,
      authenticity: notifications.authenticity,
      verdict: notifications.verdict,
      secretVersion: notifications.secretVersion,
      secretFingerprint: credentialSecrets.fingerprint,
      secretLastFour: credentialSecrets.lastFour,
      orderNo: notifications.orderNo,
      gatewayState: notifications.gatewayState,
      effect: notifications.effect,
      isHeld: notifications.isHeld,
      deliveries: notifications.deliveries,
      tries: notifications.tries,
      rejudgedAt: notifications.rejudgedAt,
      receivedAt: notifications.receivedAt,
      lastReceivedAt: notifications.lastReceivedAt,
      // A left join makes each of these null together.
      raw: {
        contentType: notificationBodies.contentType,
        query: notificationBodies.query,
        body: notificationBodies.body,
        headers: notificationBodies.headers,
        ownNames: notificationBodies.ownNames,
      },
      payment: {
        id: payments.id,
        mchOrderNo: payments.mchOrderNo,
        payOrderId: payments.payOrderId,
        // Messages about an order name what was asked for, also after a part of a hold was taken.
        amount: sql<number>`coalesce(${payments.heldAmount}, ${payments.amount})`.mapWith(Number),
        currency: payments.currency,
        state: payments.state,
        provenBy: payments.provenBy,
        wayCode: payments.wayCode,
        subject: payments.subject,
        body: payments.body,
        extParam: payments.extParam,
      },
      refund: {
        id: refunds.id,
        mchRefundNo: refunds.mchRefundNo,
        refundOrderId: refunds.refundOrderId,
        amount: refunds.amount,
        currency: refunds.currency,
        state: refunds.state,
      },
    })
    .from(notifications)
    .innerJoin(merchants, eq(merchants.merchantId, notifications.merchantId))
    .innerJoin(
      credentials,
      and(eq(credentials.merchantId, notifications.merchantId), eq(credentials.id, notifications.credentialId)),
    )
    .leftJoin(
      notificationBodies,
      and(eq(notificationBodies.merchantId, notifications.merchantId), eq(notificationBodies.id, notifications.id)),
    )
    .leftJoin(
      credentialSecrets,
      and(
        eq(credentialSecrets.merchantId, notifications.merchantId),
        eq(credentialSecrets.credentialId, notifications.credentialId),
        eq(credentialSecrets.version, notifications.secretVersion),
      ),
    )
    .leftJoin(
      payments,
      and(eq(payments.merchantId, notifications.merchantId), eq(payments.id, notifications.paymentId)),
    )
    .leftJoin(refunds, and(eq(refunds.merchantId, notifications.merchantId), eq(refunds.id, notifications.refundId)))
    .where(and(inArray(notifications.merchantId, merchantIdsOf(scope)), eq(notifications.id, notificationId)))
    .limit(1);
  if (!row) return null;
  return {
    ...row,
    id: NotificationId.parse(row.id),
    credentialId: CredentialId.parse(row.credentialId),
    payment: row.payment ? { ...row.payment, id: PaymentId.parse(row.payment.id) } : null,
    refund: row.refund ? { ...row.refund, id: RefundId.parse(row.refund.id) } : null,
  };
}
