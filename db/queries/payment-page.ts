import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { cancels } from "@/db/schema/cancels";
import { credentials } from "@/db/schema/credentials";
import { events } from "@/db/schema/events";
import { merchants } from "@/db/schema/merchants";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refunds } from "@/db/schema/refunds";
import { CredentialId, MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { PaymentState } from "@/lib/domain/payment-state";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** Everything the page of one payment says about it, except its refunds and its timeline. Sums in minor units. */
export type PaymentPage = NonNullable<Awaited<ReturnType<typeof findPayment>>>;

/** @returns `null` when the scope has no such payment, also when another environment has it */
export async function findPayment(scope: Scope, paymentId: PaymentId) {
  const [row] = await db()
    .select({
      payment: payments,
      credentialLabel: credentials.label,
      mchNo: merchants.mchNo,
      createdByName: people.name,
      hasOpenCancel: sql<boolean>`exists (select 1 from ${cancels} where ${and(
        eq(cancels.merchantId, payments.merchantId),
        eq(cancels.paymentId, payments.id),
        eq(cancels.state, "sent"),
      )})`,
      /** Whether the merchant's own systems were told something about it. */
      hasEvents: sql<boolean>`exists (select 1 from ${events} where ${and(
        eq(events.merchantId, payments.merchantId),
        eq(events.paymentId, payments.id),
      )})`,
    })
    .from(payments)
    .innerJoin(merchants, eq(merchants.merchantId, payments.merchantId))
    .innerJoin(
      credentials,
      and(eq(credentials.merchantId, payments.merchantId), eq(credentials.id, payments.credentialId)),
    )
    .leftJoin(people, eq(people.id, payments.createdBy))
    .where(and(inArray(payments.merchantId, merchantIdsOf(scope)), eq(payments.id, paymentId)))
    .limit(1);
  if (!row) return null;
  const { payment, ...around } = row;
  return {
    ...payment,
    ...around,
    id: PaymentId.parse(payment.id),
    merchantId: MerchantId.parse(payment.merchantId),
    credentialId: CredentialId.parse(payment.credentialId),
    state: PaymentState.parse(payment.state),
  };
}

export type PaymentRefund = Awaited<ReturnType<typeof refundsOfPayment>>[number];

/** The refunds of a payment, newest first. A payment has few: the gateway takes one at a time. */
export async function refundsOfPayment({ merchantId, id }: { merchantId: MerchantId; id: PaymentId }) {
  const rows = await db()
    .select({
      id: refunds.id,
      mchRefundNo: refunds.mchRefundNo,
      refundOrderId: refunds.refundOrderId,
      amount: refunds.amount,
      currency: refunds.currency,
      reason: refunds.reason,
      state: refunds.state,
      provenBy: refunds.provenBy,
      errCode: refunds.errCode,
      errMsg: refunds.errMsg,
      nextAskAt: refunds.nextAskAt,
      askCount: refunds.askCount,
      sentAt: refunds.sentAt,
      sendCount: refunds.sendCount,
      heldUntil: refunds.heldUntil,
      origin: refunds.origin,
      createdAt: refunds.createdAt,
    })
    .from(refunds)
    .where(and(eq(refunds.merchantId, merchantId), eq(refunds.paymentId, id)))
    .orderBy(sql`${refunds.id} desc`)
    .limit(200);
  return rows.map((row) => ({ ...row, id: RefundId.parse(row.id) }));
}
