import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { events } from "@/db/schema/events";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refundRequests } from "@/db/schema/refund-control";
import { refundPlanLines, refundPlans } from "@/db/schema/refund-plans";
import { refunds } from "@/db/schema/refunds";
import { CredentialId, MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { inFlightRefundStates } from "@/lib/domain/refund-state";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** A refund with what its page says about the payment it belongs to. Sums in minor units. */
export type RefundDetails = NonNullable<Awaited<ReturnType<typeof findRefund>>>;

/** Null when this environment has no refund of that id. */
export async function findRefund(scope: Scope, refundId: RefundId) {
  const approver = alias(people, "approver");
  const inFront = alias(refunds, "in_front");
  const [row] = await db()
    .select({
      id: refunds.id,
      merchantId: refunds.merchantId,
      paymentId: refunds.paymentId,
      credentialId: refunds.credentialId,
      credentialLabel: credentials.label,
      mchRefundNo: refunds.mchRefundNo,
      refundOrderId: refunds.refundOrderId,
      channelOrderNo: refunds.channelOrderNo,
      amount: refunds.amount,
      currency: refunds.currency,
      reason: refunds.reason,
      note: refunds.note,
      state: refunds.state,
      gatewayState: refunds.gatewayState,
      attention: refunds.attention,
      provenBy: refunds.provenBy,
      errCode: refunds.errCode,
      errMsg: refunds.errMsg,
      succeededAt: refunds.succeededAt,
      nextAskAt: refunds.nextAskAt,
      askCount: refunds.askCount,
      lastAskedAt: refunds.lastAskedAt,
      sentAt: refunds.sentAt,
      sendCount: refunds.sendCount,
      createdAt: refunds.createdAt,
      changedAt: refunds.changedAt,
      createdByName: people.name,
      approvedByName: approver.name,
      heldUntil: refunds.heldUntil,
      origin: refunds.origin,
      /** The plan whose line this refund is. */
      plan: { id: refundPlans.id, label: refundPlans.label },
      /** The request that a second person approved. */
      requestId: refundRequests.id,
      /** Another refund of the payment that is at the gateway, or may be: this one waits for it. */
      inFrontNo: inFront.mchRefundNo,
      refundQuery: credentials.refundQuery,
      /** Whether the merchant's own systems were told something about it. */
      hasEvents: sql<boolean>`exists (select 1 from ${events} where ${and(
        eq(events.merchantId, refunds.merchantId),
        eq(events.paymentId, refunds.paymentId),
        eq(events.refundId, refunds.id),
      )})`,
      payment: {
        mchOrderNo: payments.mchOrderNo,
        payOrderId: payments.payOrderId,
        wayCode: payments.wayCode,
        subject: payments.subject,
        amount: payments.amount,
        refundedAmount: payments.refundedAmount,
        reservedAmount: payments.reservedAmount,
        state: payments.state,
        attention: payments.attention,
      },
    })
    .from(refunds)
    .innerJoin(payments, and(eq(payments.merchantId, refunds.merchantId), eq(payments.id, refunds.paymentId)))
    .innerJoin(
      credentials,
      and(eq(credentials.merchantId, refunds.merchantId), eq(credentials.id, refunds.credentialId)),
    )
    .leftJoin(people, eq(people.id, refunds.createdBy))
    .leftJoin(approver, eq(approver.id, refunds.approvedBy))
    .leftJoin(
      inFront,
      and(
        eq(inFront.merchantId, refunds.merchantId),
        eq(inFront.paymentId, refunds.paymentId),
        inArray(inFront.state, [...inFlightRefundStates]),
        ne(inFront.id, refunds.id),
      ),
    )
    .leftJoin(
      refundPlanLines,
      and(eq(refundPlanLines.merchantId, refunds.merchantId), eq(refundPlanLines.mchRefundNo, refunds.mchRefundNo)),
    )
    .leftJoin(
      refundPlans,
      and(eq(refundPlans.merchantId, refundPlanLines.merchantId), eq(refundPlans.id, refundPlanLines.planId)),
    )
    .leftJoin(
      refundRequests,
      and(eq(refundRequests.merchantId, refunds.merchantId), eq(refundRequests.mchRefundNo, refunds.mchRefundNo)),
    )
    .where(and(inArray(refunds.merchantId, merchantIdsOf(scope)), eq(refunds.id, refundId)))
    .limit(1);
  if (!row) return null;
  return {
    ...row,
    merchantId: MerchantId.parse(row.merchantId),
    id: RefundId.parse(row.id),
    paymentId: PaymentId.parse(row.paymentId),
    credentialId: CredentialId.parse(row.credentialId),
  };
}
