import { and, eq, gte, inArray, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refundRequests } from "@/db/schema/refund-control";
import { type MerchantId, type PaymentId, RefundRequestId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  readDayRange,
  readSumRange,
  readWords,
  type SumRange,
} from "@/lib/domain/list-address";
import { type RequestState, requestStates } from "@/lib/domain/refund-request-state";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { mergeSelects, readListPage, withinDays } from "./keyset";

/** Empty and null mean "any". Sums in minor units, days of Hong Kong, all included. */
export type RequestFilter = DayRange & SumRange & { states: readonly RequestState[] };

export const requestSorts = ["createdAt"] as const;

export type RequestListRow = {
  id: RefundRequestId;
  state: RequestState;
  amount: number;
  currency: string;
  mchRefundNo: string;
  mchOrderNo: string;
  reason: string;
  requestedByName: string | null;
  createdAt: Date;
};

/** Without a word about states the open ones are meant: they are what somebody has to do something about. */
export function readRequestFilter(params: AddressParams): RequestFilter {
  const states = params["state"] === undefined ? ["open" as const] : readWords(params, "state", requestStates);
  return { ...readDayRange(params), ...readSumRange(params), states };
}

/** One screen of the refunds that needed a second person. */
export async function listRefundRequests(
  scope: Scope,
  { filter, window }: { filter: RequestFilter; window: ListWindow<"createdAt"> },
): Promise<ListPage<RequestListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["approvals", filter],
    columns: { createdAt: refundRequests.createdAt },
    id: refundRequests.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: refundRequests.id,
          state: refundRequests.state,
          amount: refundRequests.amount,
          currency: refundRequests.currency,
          mchRefundNo: refundRequests.mchRefundNo,
          mchOrderNo: payments.mchOrderNo,
          reason: refundRequests.reason,
          requestedByName: people.name,
          createdAt: refundRequests.createdAt,
        })
        .from(refundRequests)
        .innerJoin(payments, and(eq(payments.merchantId, merchantId), eq(payments.id, refundRequests.paymentId)))
        .leftJoin(people, eq(people.id, refundRequests.requestedBy))
        .where(
          and(
            eq(refundRequests.merchantId, merchantId),
            inStates(filter.states),
            ...withinDays(refundRequests.createdAt, filter),
            filter.least ? gte(refundRequests.amount, filter.least) : undefined,
            filter.most ? lte(refundRequests.amount, filter.most) : undefined,
            where,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row) => ({ value: row.createdAt, id: row.id }),
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, id: RefundRequestId.parse(row.id) })) };
}

// Written out, because only then the index of open requests fits.
function inStates(states: readonly RequestState[]) {
  if (states.length === 0) return undefined;
  if (states.length === 1 && states[0] === "open") return sql`${refundRequests.state} = 'open'`;
  return inArray(refundRequests.state, [...states]);
}

/** How many requests wait for somebody, counted no further than `most`. */
export async function countOpenRequests(scope: Scope, most = 100): Promise<number> {
  const selects = merchantIdsOf(scope).map((merchantId) =>
    db()
      .select({ id: refundRequests.id })
      .from(refundRequests)
      .where(and(eq(refundRequests.merchantId, merchantId), inStates(["open"])))
      .limit(most),
  );
  return (await mergeSelects(selects, { orderBy: [], limit: most })).length;
}

export type PaymentRequest = Awaited<ReturnType<typeof requestsOfPayment>>[number];

/** The requests of a payment that are not refunds: open ones, and those that were declined or taken back. */
export async function requestsOfPayment({ merchantId, id }: { merchantId: MerchantId; id: PaymentId }) {
  const rows = await db()
    .select({
      id: refundRequests.id,
      state: refundRequests.state,
      amount: refundRequests.amount,
      currency: refundRequests.currency,
      mchRefundNo: refundRequests.mchRefundNo,
      createdAt: refundRequests.createdAt,
    })
    .from(refundRequests)
    .where(
      and(
        eq(refundRequests.merchantId, merchantId),
        eq(refundRequests.paymentId, id),
        sql`${refundRequests.state} <> 'approved'`,
      ),
    )
    .orderBy(sql`${refundRequests.id} desc`)
    .limit(50);
  return rows.map((row) => ({ ...row, id: RefundRequestId.parse(row.id) }));
}

/** A request with what its page says about the payment and the people. Sums in minor units. */
export type RequestDetails = NonNullable<Awaited<ReturnType<typeof findRefundRequest>>>;

/** Null when this environment has no request of that id. */
export async function findRefundRequest(scope: Scope, requestId: RefundRequestId) {
  const maker = alias(people, "maker");
  const decider = alias(people, "decider");
  const [row] = await db()
    .select({
      request: refundRequests,
      makerName: maker.name,
      makerRole: maker.role,
      makerIsActive: maker.isActive,
      deciderName: decider.name,
      payment: {
        mchOrderNo: payments.mchOrderNo,
        state: payments.state,
        subject: payments.subject,
        wayCode: payments.wayCode,
        amount: payments.amount,
        refundedAmount: payments.refundedAmount,
        reservedAmount: payments.reservedAmount,
        paidAt: payments.paidAt,
      },
    })
    .from(refundRequests)
    .innerJoin(
      payments,
      and(eq(payments.merchantId, refundRequests.merchantId), eq(payments.id, refundRequests.paymentId)),
    )
    .leftJoin(maker, eq(maker.id, refundRequests.requestedBy))
    .leftJoin(decider, eq(decider.id, refundRequests.decidedBy))
    .where(and(inArray(refundRequests.merchantId, merchantIdsOf(scope)), eq(refundRequests.id, requestId)))
    .limit(1);
  if (!row) return null;
  const { request, ...around } = row;
  return { ...request, ...around, id: RefundRequestId.parse(request.id) };
}
