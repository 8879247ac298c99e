import { and, eq, gt, gte, inArray, isNotNull, lt, lte, or, type SQL } from "drizzle-orm";
import { db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { PaymentId } from "@/lib/domain/ids";
import type { ListPage } from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { readListPage, withinDays } from "./keyset";
import type { ListedState, PaymentFilter, PaymentSort } from "./payments-filter";

/** What a row of the list shows. Sums in minor units. */
export type PaymentListRow = {
  id: PaymentId;
  mchOrderNo: string;
  wayCode: string;
  subject: string;
  amount: number;
  currency: string;
  refundedAmount: number;
  /** What was asked to be held; null for what is no hold. */
  heldAmount: number | null;
  paidAt: Date | null;
  state: string;
  gatewayState: number | null;
  attention: string | null;
  provenBy: "answer" | "query" | "notification" | null;
  errMsg: string | null;
  closeAskedAt: Date | null;
  expiresAt: Date;
  askCount: number;
  nextAskAt: Date | null;
  createdAt: Date;
};

type Found = Omit<PaymentListRow, "id"> & { id: string };

/** One screen of payments. Every page costs the same, however deep it lies. */
export async function listPayments(scope: Scope, filter: PaymentFilter, limit = 50): Promise<ListPage<PaymentListRow>> {
  const { window, ...asked } = filter;
  const page = await readListPage<PaymentSort, Found>({
    scope,
    window,
    mark: ["payments", asked],
    columns: { createdAt: payments.createdAt, amount: payments.amount },
    id: payments.id,
    limit,
    positionOf: (row, by) => ({ value: row[by], id: row.id }),
    branch: (merchantId, { where, orderBy, limit: most }) =>
      db()
        .select(columns)
        .from(payments)
        .where(and(eq(payments.merchantId, merchantId), ...conditionsOf(filter), where))
        .orderBy(...orderBy)
        .limit(most),
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, id: PaymentId.parse(row.id) })) };
}

const columns = {
  id: payments.id,
  mchOrderNo: payments.mchOrderNo,
  wayCode: payments.wayCode,
  subject: payments.subject,
  amount: payments.amount,
  currency: payments.currency,
  refundedAmount: payments.refundedAmount,
  heldAmount: payments.heldAmount,
  paidAt: payments.paidAt,
  state: payments.state,
  gatewayState: payments.gatewayState,
  attention: payments.attention,
  provenBy: payments.provenBy,
  errMsg: payments.errMsg,
  closeAskedAt: payments.closeAskedAt,
  expiresAt: payments.expiresAt,
  askCount: payments.askCount,
  nextAskAt: payments.nextAskAt,
  createdAt: payments.createdAt,
};

function conditionsOf(filter: PaymentFilter): (SQL | undefined)[] {
  return [
    ...withinDays(payments.createdAt, filter),
    filter.states.length > 0 ? or(...statesWanted(filter.states)) : undefined,
    filter.needsLook ? or(isNotNull(payments.attention), eq(payments.state, "unclear")) : undefined,
    filter.wayCode ? eq(payments.wayCode, filter.wayCode) : undefined,
    filter.credentialId ? eq(payments.credentialId, filter.credentialId) : undefined,
    filter.least ? gte(payments.amount, filter.least) : undefined,
    filter.most ? lte(payments.amount, filter.most) : undefined,
    filter.number ? beginsWith(filter.number) : undefined,
  ];
}

/** `paid` and `part-refunded` share a state and differ in what has gone back. */
function statesWanted(states: readonly ListedState[]): (SQL | undefined)[] {
  const plain = states.filter((state) => state !== "part-refunded" && state !== "paid");
  const isPaid = eq(payments.state, "paid");
  const wantsWhole = states.includes("paid");
  const wantsPart = states.includes("part-refunded");
  return [
    plain.length > 0 ? inArray(payments.state, plain) : undefined,
    wantsWhole && wantsPart ? isPaid : undefined,
    wantsWhole && !wantsPart ? and(isPaid, eq(payments.refundedAmount, 0)) : undefined,
    wantsPart && !wantsWhole ? and(isPaid, gt(payments.refundedAmount, 0)) : undefined,
  ];
}

/** Any of a payment's three numbers. As a range, because these columns compare byte by byte and LIKE needs a constant. */
function beginsWith(text: string): SQL | undefined {
  const end = `${text}\u{10FFFF}`;
  const numbers = [payments.mchOrderNo, payments.payOrderId, payments.channelOrderNo];
  return or(...numbers.map((number) => and(gte(number, text), lt(number, end))));
}
