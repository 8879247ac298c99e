import { and, eq, gte, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { holdActs, holdRules } from "@/db/schema/holds";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { type HoldActKind, possibleHoldActs } from "@/lib/domain/holds";
import { type CredentialId, HoldActId, type MerchantId, PaymentId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  readCredentialId,
  readDayRange,
  readSumRange,
  readWords,
  type SumRange,
} from "@/lib/domain/list-address";
import { openPaymentStates, type PaymentState } from "@/lib/domain/payment-state";
import type { Scope } from "@/lib/domain/viewer";
import { readHoldRules } from "./hold-rules";
import { readListPage, withinDays } from "./keyset";

/** How far a hold has come: not agreed to yet, standing, taken (all or a part), given free, or never come about. */
export const HoldStanding = z.enum(["waiting", "held", "completed", "released", "none"]);
export type HoldStanding = z.infer<typeof HoldStanding>;

/** Null and empty mean "any". Sums in minor units, days of Hong Kong, all included. */
export type HoldFilter = DayRange &
  SumRange & { standings: readonly HoldStanding[]; credentialId: CredentialId | null };

export const holdSorts = ["createdAt", "amount"] as const;
export type HoldSort = (typeof holdSorts)[number];

export type HoldListRow = {
  id: PaymentId;
  mchOrderNo: string;
  wayCode: string;
  subject: string;
  state: string;
  /** What was taken, once it was; what is asked for until then. */
  amount: number;
  heldAmount: number;
  currency: string;
  heldAt: Date | null;
  paidAt: Date | null;
  lifetimeHours: number | null;
  /** What is under way: `complete`, `release`, or null. */
  openAct: HoldActKind | null;
  refundedAmount: number;
  attention: string | null;
  closeAskedAt: Date | null;
  createdAt: Date;
};

export function readHoldFilter(params: AddressParams): HoldFilter {
  return {
    ...readDayRange(params),
    ...readSumRange(params),
    standings: readWords(params, "standing", HoldStanding.options),
    credentialId: readCredentialId(params),
  };
}

/** One screen of the orders that hold money, or were meant to. */
export async function listHolds(
  scope: Scope,
  { filter, window }: { filter: HoldFilter; window: ListWindow<HoldSort> },
): Promise<ListPage<HoldListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["holds", filter],
    columns: { createdAt: payments.createdAt, amount: payments.heldAmount },
    id: payments.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: payments.id,
          mchOrderNo: payments.mchOrderNo,
          wayCode: payments.wayCode,
          subject: payments.subject,
          state: payments.state,
          amount: payments.amount,
          heldAmount: payments.heldAmount,
          currency: payments.currency,
          heldAt: payments.heldAt,
          paidAt: payments.paidAt,
          lifetimeHours: holdRules.lifetimeHours,
          openAct: holdActs.kind,
          refundedAmount: payments.refundedAmount,
          attention: payments.attention,
          closeAskedAt: payments.closeAskedAt,
          createdAt: payments.createdAt,
        })
        .from(payments)
        .leftJoin(
          holdRules,
          and(eq(holdRules.merchantId, payments.merchantId), eq(holdRules.credentialId, payments.credentialId)),
        )
        .leftJoin(
          holdActs,
          and(
            eq(holdActs.merchantId, payments.merchantId),
            eq(holdActs.paymentId, payments.id),
            sql`${holdActs.state} in ('sent', 'unclear')`,
          ),
        )
        .where(
          and(
            eq(payments.merchantId, merchantId),
            isNotNull(payments.heldAmount),
            filter.standings.length > 0 ? or(...filter.standings.map(standingIs)) : undefined,
            filter.credentialId ? eq(payments.credentialId, filter.credentialId) : undefined,
            ...withinDays(payments.createdAt, filter),
            filter.least ? gte(payments.heldAmount, filter.least) : undefined,
            filter.most ? lte(payments.heldAmount, filter.most) : undefined,
            where,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row, by) => ({ value: by === "amount" ? (row.heldAmount ?? 0) : row.createdAt, id: row.id }),
  });
  const rows = page.rows.map((row) => ({ ...row, id: PaymentId.parse(row.id), heldAmount: row.heldAmount ?? 0 }));
  return { ...page, rows };
}

function standingIs(standing: HoldStanding): SQL | undefined {
  switch (standing) {
    case "waiting":
      return inArray(payments.state, [...openPaymentStates]);
    case "held":
      return eq(payments.state, "held");
    case "completed":
      return isNotNull(payments.paidAt);
    case "released":
      return and(eq(payments.state, "cancelled"), isNull(payments.paidAt));
    case "none":
      return inArray(payments.state, ["refused", "declined", "closed"]);
  }
}

export type HoldOfPayment = NonNullable<Awaited<ReturnType<typeof holdOf>>>;
export type HoldActRow = HoldOfPayment["acts"][number];

type Held = {
  merchantId: MerchantId;
  id: PaymentId;
  credentialId: CredentialId;
  state: PaymentState;
  payOrderId: string | null;
  heldAmount: number | null;
};

/** What is entered about a hold, what was tried with it and what is possible now; null for every other order. */
export async function holdOf(payment: Held) {
  const { heldAmount } = payment;
  if (heldAmount === null) return null;
  const [rules, acts] = await Promise.all([
    readHoldRules(payment.merchantId, payment.credentialId),
    holdActsOf(payment),
  ]);
  const openAct = acts.find(({ state }) => state === "sent" || state === "unclear")?.kind ?? null;
  return { heldAmount, rules, acts, possible: possibleHoldActs({ ...payment, openAct }, rules) };
}

/** What was tried with a hold, the newest first. */
async function holdActsOf({ merchantId, id }: { merchantId: MerchantId; id: PaymentId }) {
  const rows = await db()
    .select({
      id: holdActs.id,
      kind: holdActs.kind,
      number: holdActs.number,
      amount: holdActs.amount,
      state: holdActs.state,
      errCode: holdActs.errCode,
      errMsg: holdActs.errMsg,
      createdByName: people.name,
      createdAt: holdActs.createdAt,
      changedAt: holdActs.changedAt,
    })
    .from(holdActs)
    .leftJoin(people, eq(people.id, holdActs.createdBy))
    .where(and(eq(holdActs.merchantId, merchantId), eq(holdActs.paymentId, id)))
    .orderBy(sql`${holdActs.id} desc`)
    .limit(50);
  return rows.map((row) => ({ ...row, id: HoldActId.parse(row.id) }));
}
