import { and, eq, ne, type SQL } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { gatewayCalls } from "@/db/schema/gateway-calls";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refunds } from "@/db/schema/refunds";
import { type CredentialId, GatewayCallId, PaymentId, RefundId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  readCredentialId,
  readDayRange,
  readParam,
} from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { readListPage, withinDays } from "./keyset";

/** Null and empty mean "any". */
export type CallFilter = DayRange & {
  outcome: "ok" | "trouble" | null;
  /** One way of going wrong, such as `timed-out`. */
  kind: string | null;
  operation: string | null;
  credentialId: CredentialId | null;
};

export const callSorts = ["recordedAt"] as const;
type CallSort = (typeof callSorts)[number];

export type CallListRow = {
  id: GatewayCallId;
  operation: string;
  outcome: string;
  httpStatus: number | null;
  code: string | null;
  verification: string;
  durationMs: number;
  credentialLabel: string;
  paymentId: PaymentId | null;
  refundId: RefundId | null;
  mchOrderNo: string | null;
  mchRefundNo: string | null;
  /** The name of who wrote it by hand. */
  composedBy: string | null;
  recordedAt: Date;
};

export function readCallFilter(params: AddressParams): CallFilter {
  return {
    ...readDayRange(params),
    outcome: readParam(params, "outcome", z.enum(["ok", "trouble"])),
    kind: readParam(params, "kind", z.string().max(30)),
    operation: readParam(params, "operation", z.string().max(30)),
    credentialId: readCredentialId(params),
  };
}

/** One screen of the requests we sent and how each ended. */
export async function listCalls(
  scope: Scope,
  { filter, window }: { filter: CallFilter; window: ListWindow<CallSort> },
): Promise<ListPage<CallListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["calls", filter],
    columns: { recordedAt: gatewayCalls.recordedAt },
    id: gatewayCalls.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: gatewayCalls.id,
          operation: gatewayCalls.operation,
          outcome: gatewayCalls.outcome,
          httpStatus: gatewayCalls.httpStatus,
          code: gatewayCalls.code,
          verification: gatewayCalls.verification,
          durationMs: gatewayCalls.durationMs,
          credentialLabel: credentials.label,
          paymentId: gatewayCalls.paymentId,
          refundId: gatewayCalls.refundId,
          mchOrderNo: payments.mchOrderNo,
          mchRefundNo: refunds.mchRefundNo,
          composedBy: people.name,
          recordedAt: gatewayCalls.recordedAt,
        })
        .from(gatewayCalls)
        .innerJoin(
          credentials,
          and(eq(credentials.merchantId, merchantId), eq(credentials.id, gatewayCalls.credentialId)),
        )
        .leftJoin(payments, and(eq(payments.merchantId, merchantId), eq(payments.id, gatewayCalls.paymentId)))
        .leftJoin(refunds, and(eq(refunds.merchantId, merchantId), eq(refunds.id, gatewayCalls.refundId)))
        .leftJoin(people, eq(people.id, gatewayCalls.composedBy))
        .where(
          and(
            eq(gatewayCalls.merchantId, merchantId),
            outcomeWanted(filter.outcome),
            filter.kind ? eq(gatewayCalls.outcome, filter.kind) : undefined,
            filter.operation ? eq(gatewayCalls.operation, filter.operation) : undefined,
            filter.credentialId ? eq(gatewayCalls.credentialId, filter.credentialId) : undefined,
            ...withinDays(gatewayCalls.recordedAt, filter),
            where,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row) => ({ value: row.recordedAt, id: row.id }),
  });
  return { ...page, rows: page.rows.map(withIds) };
}

function outcomeWanted(outcome: CallFilter["outcome"]): SQL | undefined {
  if (outcome === null) return undefined;
  return outcome === "ok" ? eq(gatewayCalls.outcome, "ok") : ne(gatewayCalls.outcome, "ok");
}

function withIds<Row extends { id: string; paymentId: string | null; refundId: string | null }>(row: Row) {
  return {
    ...row,
    id: GatewayCallId.parse(row.id),
    paymentId: row.paymentId === null ? null : PaymentId.parse(row.paymentId),
    refundId: row.refundId === null ? null : RefundId.parse(row.refundId),
  };
}
