import { and, asc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { holdActs } from "@/db/schema/holds";
import { payments } from "@/db/schema/payments";
import { refunds } from "@/db/schema/refunds";
import { type MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { mergeSelects } from "./keyset";

/** The number that matched, by the protocol's name for it. */
export type MatchedNumber =
  | "mchOrderNo"
  | "payOrderId"
  | "channelOrderNo"
  | "mchRefundNo"
  | "refundOrderId"
  | "holdActNo";

type Subject = { kind: "payment"; id: PaymentId } | { kind: "refund"; id: RefundId };

export type NumberMatch = Subject & {
  matched: MatchedNumber;
  number: string;
  state: string;
  amount: number;
  currency: string;
  isPartRefunded: boolean;
  isExpired: boolean;
  createdAt: Date;
};

/** How many are found of each number and merchant. Whoever gets this many should type more of it. */
export const matchesPerNumber = 10;

/**
 * Payments and refunds of this environment with that number, whichever of theirs it is; when there is none, those that
 * have one beginning with it. Each appears once, the newest first.
 *
 * One statement: a lookup on its own index for every kind of number and every merchant, merged by the database. A
 * condition with OR instead would read the whole table.
 */
export async function findByNumber(scope: Scope, typed: string): Promise<NumberMatch[]> {
  const number = typed.replace(/[\s\u200B\uFEFF]+/g, "");
  // No number holds one, and Postgres takes no such text.
  if (number === "" || number.includes("\u0000")) return [];
  const selects = merchantIdsOf(scope).flatMap((merchantId) => lookups(merchantId, number));
  const rows = await mergeSelects(selects, {
    orderBy: [asc(sql`number`), asc(sql`id`)],
    limit: selects.length * matchesPerNumber,
  });
  const exact = rows.filter((row) => row.number === number);
  const found = onePerSubject(exact.length > 0 ? exact : rows);
  return found.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).map(withSubject);
}

type Row = Omit<NumberMatch, "kind" | "id"> & { kind: string; id: string };

function lookups(merchantId: MerchantId, number: string): PromiseLike<Row[]>[] {
  const ofPayments = ["mchOrderNo", "payOrderId", "channelOrderNo"] as const;
  const ofRefunds = ["mchRefundNo", "refundOrderId", "channelOrderNo"] as const;
  return [
    ...ofPayments.map((matched) =>
      db()
        .select({
          ...columns("payment", matched, payments),
          number: sql<string>`${payments[matched]}`.as("number"),
          isPartRefunded: sql<boolean>`${payments.refundedAmount} > 0`.as("is_part_refunded"),
          isExpired: sql<boolean>`${payments.closeAskedAt} is null`.as("is_expired"),
        })
        .from(payments)
        .where(and(eq(payments.merchantId, merchantId), beginsWith(payments[matched], number)))
        .orderBy(asc(payments[matched]))
        .limit(matchesPerNumber),
    ),
    db()
      .select({
        ...columns("payment", "holdActNo", payments),
        number: sql<string>`${holdActs.number}`.as("number"),
        isPartRefunded: sql<boolean>`${payments.refundedAmount} > 0`.as("is_part_refunded"),
        isExpired: sql<boolean>`${payments.closeAskedAt} is null`.as("is_expired"),
      })
      .from(holdActs)
      .innerJoin(payments, and(eq(payments.merchantId, merchantId), eq(payments.id, holdActs.paymentId)))
      .where(and(eq(holdActs.merchantId, merchantId), beginsWith(holdActs.number, number)))
      .orderBy(asc(holdActs.number))
      .limit(matchesPerNumber),
    ...ofRefunds.map((matched) =>
      db()
        .select({
          ...columns("refund", matched, refunds),
          number: sql<string>`${refunds[matched]}`.as("number"),
          isPartRefunded: sql<boolean>`false`.as("is_part_refunded"),
          isExpired: sql<boolean>`false`.as("is_expired"),
        })
        .from(refunds)
        .where(and(eq(refunds.merchantId, merchantId), beginsWith(refunds[matched], number)))
        .orderBy(asc(refunds[matched]))
        .limit(matchesPerNumber),
    ),
  ];
}

function columns(kind: "payment" | "refund", matched: MatchedNumber, table: typeof payments | typeof refunds) {
  return {
    kind: sql<string>`${kind}::text`.as("kind"),
    matched: sql<MatchedNumber>`${matched}::text`.as("matched"),
    id: table.id,
    state: table.state,
    amount: table.amount,
    currency: table.currency,
    createdAt: table.createdAt,
  };
}

/** A range and not LIKE: these columns compare byte by byte, and LIKE would need a constant to use their index. */
function beginsWith(column: PgColumn, text: string): SQL | undefined {
  return and(gte(column, text), lt(column, `${text}\u{10FFFF}`));
}

/** A payment whose numbers all begin alike is still one payment. */
function onePerSubject(rows: readonly Row[]): Row[] {
  return [...new Map(rows.toReversed().map((row) => [`${row.kind} ${row.id}`, row])).values()].reverse();
}

function withSubject({ kind, id, ...row }: Row): NumberMatch {
  return kind === "payment"
    ? { ...row, kind: "payment", id: PaymentId.parse(id) }
    : { ...row, kind: "refund", id: RefundId.parse(id) };
}
