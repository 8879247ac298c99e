import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { cancels } from "@/db/schema/cancels";
import { gatewayCalls } from "@/db/schema/gateway-calls";
import { notifications } from "@/db/schema/notifications";
import { payments } from "@/db/schema/payments";
import { refunds } from "@/db/schema/refunds";
import {
  type CredentialId,
  GatewayCallId,
  type MerchantId,
  NotificationId,
  PaymentId,
  RefundId,
} from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

type OfPayment = { merchantId: MerchantId; id: PaymentId };

export type ArrivedMessage = Awaited<ReturnType<typeof messagesOfPayment>>[number];

/** What arrived about a payment, its refunds and its cancel, the newest first. More than `limit` nobody reads. */
export async function messagesOfPayment({ merchantId, id }: OfPayment, limit = 100) {
  const rows = await db()
    .select({
      id: notifications.id,
      kind: notifications.kind,
      credentialId: notifications.credentialId,
      verdict: notifications.verdict,
      effect: notifications.effect,
      deliveries: notifications.deliveries,
      receivedAt: notifications.receivedAt,
      lastReceivedAt: notifications.lastReceivedAt,
      tries: notifications.tries,
      refundId: notifications.refundId,
    })
    .from(notifications)
    .where(and(eq(notifications.merchantId, merchantId), eq(notifications.paymentId, id)))
    .orderBy(desc(notifications.receivedAt), desc(notifications.id))
    .limit(limit);
  return rows.map((row) => ({
    ...row,
    id: NotificationId.parse(row.id),
    refundId: row.refundId === null ? null : RefundId.parse(row.refundId),
  }));
}

/** The notify addresses that our requests about a payment carried, the oldest request first. */
export async function notifyUrlsSent({ merchantId, id }: OfPayment, limit = 200) {
  const rows = await db()
    .select({
      callId: gatewayCalls.id,
      operation: gatewayCalls.operation,
      refundId: gatewayCalls.refundId,
      notifyUrl: sql<string | null>`${gatewayCalls.requestFields}->>'notifyUrl'`,
      startedAt: gatewayCalls.startedAt,
    })
    .from(gatewayCalls)
    .where(
      and(
        eq(gatewayCalls.merchantId, merchantId),
        eq(gatewayCalls.paymentId, id),
        inArray(gatewayCalls.operation, ["unifiedOrder", "refundOrder", "cancel"]),
      ),
    )
    .orderBy(asc(gatewayCalls.recordedAt), asc(gatewayCalls.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, callId: GatewayCallId.parse(row.callId) }));
}

/** The cancel that succeeded, and when; null where there is none. */
export async function cancelOf({ merchantId, id }: OfPayment): Promise<{ endedAt: Date } | null> {
  const [row] = await db()
    .select({ endedAt: cancels.changedAt })
    .from(cancels)
    .where(and(eq(cancels.merchantId, merchantId), eq(cancels.paymentId, id), eq(cancels.state, "succeeded")))
    .limit(1);
  return row ?? null;
}

/** The ends of refunds, which is when their notifications are due. */
export async function endsOfRefunds({ merchantId, id }: OfPayment) {
  const rows = await db()
    .select({
      id: refunds.id,
      mchRefundNo: refunds.mchRefundNo,
      credentialId: refunds.credentialId,
      state: refunds.state,
      origin: refunds.origin,
      succeededAt: refunds.succeededAt,
      changedAt: refunds.changedAt,
    })
    .from(refunds)
    .where(and(eq(refunds.merchantId, merchantId), eq(refunds.paymentId, id)))
    .orderBy(desc(refunds.id))
    .limit(50);
  return rows.map((row) => ({ ...row, id: RefundId.parse(row.id) }));
}

/**
 * A genuine message that came to the same credential within a day after a moment: proof that its address works. No longer
 * than that, because a credential that hears nothing would have the messages of all others read.
 */
export async function genuineMessageAfter(
  { merchantId, credentialId }: { merchantId: MerchantId; credentialId: CredentialId | string },
  after: Date,
): Promise<{ id: NotificationId; receivedAt: Date } | null> {
  const [row] = await db()
    .select({ id: notifications.id, receivedAt: notifications.receivedAt })
    .from(notifications)
    .where(
      and(
        eq(notifications.merchantId, merchantId),
        eq(notifications.credentialId, credentialId),
        eq(notifications.authenticity, "valid"),
        gt(notifications.receivedAt, after),
        lt(notifications.receivedAt, new Date(after.getTime() + dayMs)),
      ),
    )
    .orderBy(asc(notifications.receivedAt))
    .limit(1);
  return row ? { ...row, id: NotificationId.parse(row.id) } : null;
}

const dayMs = 86_400_000;

/** The texts that were sent with the order of a message, to be put back into it; null for an order nobody knows. */
export async function orderOfNumber(
  scope: Scope,
  { merchantId, orderNo }: { merchantId: MerchantId; orderNo: string },
) {
  if (!merchantIdsOf(scope).includes(merchantId)) return null;
  const [row] = await db()
    .select({
      id: payments.id,
      mchOrderNo: payments.mchOrderNo,
      payOrderId: payments.payOrderId,
      state: payments.state,
      amount: payments.amount,
      currency: payments.currency,
      subject: payments.subject,
      body: payments.body,
      extParam: payments.extParam,
      notifyUrl: payments.notifyUrl,
    })
    .from(payments)
    .where(and(eq(payments.merchantId, merchantId), eq(payments.mchOrderNo, orderNo)))
    .limit(1);
  return row ? { ...row, id: PaymentId.parse(row.id) } : null;
}

/** A refund by its number, for the comparison with a message. */
export async function refundOfNumber(
  scope: Scope,
  { merchantId, refundNo }: { merchantId: MerchantId; refundNo: string },
) {
  if (!merchantIdsOf(scope).includes(merchantId)) return null;
  const [row] = await db()
    .select({
      id: refunds.id,
      mchRefundNo: refunds.mchRefundNo,
      refundOrderId: refunds.refundOrderId,
      state: refunds.state,
      amount: refunds.amount,
      currency: refunds.currency,
    })
    .from(refunds)
    .where(and(eq(refunds.merchantId, merchantId), eq(refunds.mchRefundNo, refundNo)))
    .limit(1);
  return row ? { ...row, id: RefundId.parse(row.id) } : null;
}

/** Whose refund it is; null when this environment has no such refund. */
export async function paymentOfRefund(scope: Scope, refundId: RefundId): Promise<PaymentId | null> {
  const [row] = await db()
    .select({ paymentId: refunds.paymentId })
    .from(refunds)
    .where(and(inArray(refunds.merchantId, merchantIdsOf(scope)), eq(refunds.id, refundId)))
    .limit(1);
  return row ? PaymentId.parse(row.paymentId) : null;
}
