import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { eventDeliveries, eventEndpoints, events } from "@/db/schema/events";
import { payments } from "@/db/schema/payments";
import { refunds } from "@/db/schema/refunds";
import { type AttemptOutcome, DeliveryState, EventType, testEventType } from "@/lib/domain/events";
import { EventDeliveryId, EventEndpointId, PaymentId, RefundId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  readDayRange,
  readParam,
} from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { readListPage, withinDays } from "./keyset";

/** Null means "any". */
export type DeliveryFilter = DayRange & {
  state: DeliveryState | null;
  type: string | null;
  endpointId: EventEndpointId | null;
  paymentId: PaymentId | null;
  refundId: RefundId | null;
};

export const deliverySorts = ["createdAt"] as const;
export type DeliverySort = (typeof deliverySorts)[number];

export type DeliveryListRow = {
  id: EventDeliveryId;
  type: string;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Date | null;
  lastOutcome: AttemptOutcome | null;
  lastStatus: number | null;
  endpointLabel: string;
  paymentId: PaymentId | null;
  refundId: RefundId | null;
  mchOrderNo: string | null;
  mchRefundNo: string | null;
  createdAt: Date;
};

export function readDeliveryFilter(params: AddressParams): DeliveryFilter {
  return {
    ...readDayRange(params),
    state: readParam(params, "state", DeliveryState),
    type: readParam(params, "type", z.enum([...EventType.options, testEventType])),
    endpointId: readParam(params, "endpoint", EventEndpointId),
    paymentId: readParam(params, "payment", PaymentId),
    refundId: readParam(params, "refund", RefundId),
  };
}

/** One screen of what was sent to the merchant's own systems, or waits to be. */
export async function listDeliveries(
  scope: Scope,
  { filter, window }: { filter: DeliveryFilter; window: ListWindow<DeliverySort> },
): Promise<ListPage<DeliveryListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["event-deliveries", filter],
    columns: { createdAt: eventDeliveries.createdAt },
    id: eventDeliveries.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: eventDeliveries.id,
          type: events.type,
          state: eventDeliveries.state,
          attempts: eventDeliveries.attempts,
          nextAttemptAt: eventDeliveries.nextAttemptAt,
          lastOutcome: eventDeliveries.lastOutcome,
          lastStatus: eventDeliveries.lastStatus,
          endpointLabel: eventEndpoints.label,
          paymentId: events.paymentId,
          refundId: events.refundId,
          mchOrderNo: payments.mchOrderNo,
          mchRefundNo: refunds.mchRefundNo,
          createdAt: eventDeliveries.createdAt,
        })
        .from(eventDeliveries)
        .innerJoin(events, and(eq(events.merchantId, merchantId), eq(events.id, eventDeliveries.eventId)))
        .innerJoin(
          eventEndpoints,
          and(eq(eventEndpoints.merchantId, merchantId), eq(eventEndpoints.id, eventDeliveries.endpointId)),
        )
        .leftJoin(payments, and(eq(payments.merchantId, merchantId), eq(payments.id, events.paymentId)))
        .leftJoin(refunds, and(eq(refunds.merchantId, merchantId), eq(refunds.id, events.refundId)))
        .where(
          and(
            eq(eventDeliveries.merchantId, merchantId),
            filter.state ? eq(eventDeliveries.state, filter.state) : undefined,
            filter.type ? eq(events.type, filter.type) : undefined,
            filter.endpointId ? eq(eventDeliveries.endpointId, filter.endpointId) : undefined,
            filter.paymentId ? eq(events.paymentId, filter.paymentId) : undefined,
            filter.refundId ? eq(events.refundId, filter.refundId) : undefined,
            ...withinDays(eventDeliveries.createdAt, filter),
            where,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row) => ({ value: row.createdAt, id: row.id }),
  });
  return { ...page, rows: page.rows.map(withIds) };
}

function withIds<
  Row extends { id: string; paymentId: string | null; refundId: string | null; lastOutcome: string | null },
>(row: Row) {
  return {
    ...row,
    id: EventDeliveryId.parse(row.id),
    paymentId: row.paymentId === null ? null : PaymentId.parse(row.paymentId),
    refundId: row.refundId === null ? null : RefundId.parse(row.refundId),
    lastOutcome: row.lastOutcome as AttemptOutcome | null,
  };
}
