import { and, desc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { eventAttempts, eventDeliveries, eventEndpoints, events } from "@/db/schema/events";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refunds } from "@/db/schema/refunds";
import { type EventDeliveryId, EventEndpointId, MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** One event on its way to one endpoint, with the requests that were made for it, the newest first. */
export type DeliveryDetails = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;
export type AttemptDetails = DeliveryDetails["attemptsMade"][number];

/** Null when this environment has none of that id. */
export async function findDelivery(scope: Scope, deliveryId: EventDeliveryId) {
  const [row] = await db()
    .select({
      merchantId: eventDeliveries.merchantId,
      id: eventDeliveries.id,
      state: eventDeliveries.state,
      attempts: eventDeliveries.attempts,
      nextAttemptAt: eventDeliveries.nextAttemptAt,
      deliveredAt: eventDeliveries.deliveredAt,
      lastOutcome: eventDeliveries.lastOutcome,
      event: { id: events.id, type: events.type, payload: events.payload, createdAt: events.createdAt },
      endpoint: {
        id: eventEndpoints.id,
        label: eventEndpoints.label,
        url: eventEndpoints.url,
        isActive: eventEndpoints.isActive,
      },
      // A left join makes each of these null together.
      payment: { id: payments.id, mchOrderNo: payments.mchOrderNo, state: payments.state },
      refund: { id: refunds.id, mchRefundNo: refunds.mchRefundNo, state: refunds.state },
    })
    .from(eventDeliveries)
    .innerJoin(events, and(eq(events.merchantId, eventDeliveries.merchantId), eq(events.id, eventDeliveries.eventId)))
    .innerJoin(
      eventEndpoints,
      and(eq(eventEndpoints.merchantId, eventDeliveries.merchantId), eq(eventEndpoints.id, eventDeliveries.endpointId)),
    )
    .leftJoin(payments, and(eq(payments.merchantId, eventDeliveries.merchantId), eq(payments.id, events.paymentId)))
    .leftJoin(refunds, and(eq(refunds.merchantId, eventDeliveries.merchantId), eq(refunds.id, events.refundId)))
    .where(and(inArray(eventDeliveries.merchantId, merchantIdsOf(scope)), eq(eventDeliveries.id, deliveryId)))
    .limit(1);
  if (!row) return null;
  return {
    ...row,
    id: deliveryId,
    endpoint: { ...row.endpoint, id: EventEndpointId.parse(row.endpoint.id) },
    payment: row.payment ? { ...row.payment, id: PaymentId.parse(row.payment.id) } : null,
    refund: row.refund ? { ...row.refund, id: RefundId.parse(row.refund.id) } : null,
    attemptsMade: await attemptsOf(MerchantId.parse(row.merchantId), deliveryId),
  };
}

// Rounds that people began add to the eight of the plan; nobody reads further back than this.
const mostAttemptsShown = 50;

async function attemptsOf(merchantId: MerchantId, deliveryId: EventDeliveryId) {
  const rows = await db()
    .select({
      id: eventAttempts.id,
      actor: eventAttempts.actor,
      url: eventAttempts.url,
      host: eventAttempts.host,
      timestamp: eventAttempts.timestamp,
      signature: eventAttempts.signature,
      outcome: eventAttempts.outcome,
      httpStatus: eventAttempts.httpStatus,
      answerText: eventAttempts.answerText,
      reason: eventAttempts.reason,
      durationMs: eventAttempts.durationMs,
      startedAt: eventAttempts.startedAt,
    })
    .from(eventAttempts)
    .where(and(eq(eventAttempts.merchantId, merchantId), eq(eventAttempts.deliveryId, deliveryId)))
    .orderBy(desc(eventAttempts.id))
    .limit(mostAttemptsShown);
  const ids = [...new Set(rows.map(({ actor }) => actor).filter((actor) => actor !== "worker"))];
  const named =
    ids.length === 0
      ? []
      : await db().select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids));
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, personName: names.get(row.actor) ?? null }));
}
