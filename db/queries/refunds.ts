import { and, eq, gte, inArray, isNotNull, lte, or } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { refunds } from "@/db/schema/refunds";
import { type CredentialId, RefundId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  readCredentialId,
  readDayRange,
  readParam,
  readSumRange,
  readWords,
  type SumRange,
  WayCodeText,
} from "@/lib/domain/list-address";
import { RefundState } from "@/lib/domain/refund-state";
import type { Scope } from "@/lib/domain/viewer";
import { readListPage, withinDays } from "./keyset";

/** Null and empty mean "any". Sums in minor units, days of Hong Kong, all included. */
export type RefundFilter = DayRange &
  SumRange & {
    states: readonly RefundState[];
    wayCode: string | null;
    credentialId: CredentialId | null;
    /** Only those that a person should look at. */
    needsLook: boolean;
  };

export const refundSorts = ["createdAt", "amount"] as const;
type RefundSort = (typeof refundSorts)[number];

export type RefundListRow = {
  id: RefundId;
  state: string;
  attention: string | null;
  amount: number;
  currency: string;
  mchRefundNo: string;
  mchOrderNo: string;
  wayCode: string;
  reason: string;
  provenBy: "answer" | "query" | "notification" | null;
  askCount: number;
  nextAskAt: Date | null;
  errMsg: string | null;
  createdAt: Date;
};

export function readRefundFilter(params: AddressParams): RefundFilter {
  return {
    ...readDayRange(params),
    ...readSumRange(params),
    states: readWords(params, "state", RefundState.options),
    wayCode: readParam(params, "way", WayCodeText),
    credentialId: readCredentialId(params),
    needsLook: readParam(params, "look", z.literal("1")) !== null,
  };
}

/** One screen of refunds. */
export async function listRefunds(
  scope: Scope,
  { filter, window }: { filter: RefundFilter; window: ListWindow<RefundSort> },
): Promise<ListPage<RefundListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["refunds", filter],
    columns: { createdAt: refunds.createdAt, amount: refunds.amount },
    id: refunds.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: refunds.id,
          state: refunds.state,
          attention: refunds.attention,
          amount: refunds.amount,
          currency: refunds.currency,
          mchRefundNo: refunds.mchRefundNo,
          mchOrderNo: payments.mchOrderNo,
          wayCode: payments.wayCode,
          reason: refunds.reason,
          provenBy: refunds.provenBy,
          askCount: refunds.askCount,
          nextAskAt: refunds.nextAskAt,
          errMsg: refunds.errMsg,
          createdAt: refunds.createdAt,
        })
        .from(refunds)
        .innerJoin(payments, and(eq(payments.merchantId, merchantId), eq(payments.id, refunds.paymentId)))
        .where(
          and(
            eq(refunds.merchantId, merchantId),
            filter.states.length > 0 ? inArray(refunds.state, [...filter.states]) : undefined,
            filter.needsLook ? or(isNotNull(refunds.attention), eq(refunds.state, "unclear")) : undefined,
            filter.wayCode ? eq(payments.wayCode, filter.wayCode) : undefined,
            filter.credentialId ? eq(refunds.credentialId, filter.credentialId) : undefined,
            ...withinDays(refunds.createdAt, filter),
            filter.least ? gte(refunds.amount, filter.least) : undefined,
            filter.most ? lte(refunds.amount, filter.most) : undefined,
            where,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row, by) => ({ value: row[by], id: row.id }),
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, id: RefundId.parse(row.id) })) };
}
