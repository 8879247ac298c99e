import { and, asc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { refundDays, refundLimits, refundRules } from "@/db/schema/refund-control";
import type { Environment } from "@/lib/domain/environment";
import { defaultHoldSeconds, type RefundRules } from "@/lib/domain/refund-rules";
import type { Scope } from "@/lib/domain/viewer";

/** How refunds of an environment are handled now: the rules an admin set, else the defaults. */
export async function readRefundRules(environment: Environment): Promise<RefundRules> {
  const [rules, limits] = await Promise.all([
    db()
      .select({ holdSeconds: refundRules.holdSeconds })
      .from(refundRules)
      .where(eq(refundRules.environment, environment)),
    db()
      .select({
        role: refundLimits.role,
        currency: refundLimits.currency,
        perRefund: refundLimits.perRefund,
        perDay: refundLimits.perDay,
      })
      .from(refundLimits)
      .where(eq(refundLimits.environment, environment))
      .orderBy(asc(refundLimits.currency), asc(refundLimits.role)),
  ]);
  return { holdSeconds: rules[0]?.holdSeconds ?? defaultHoldSeconds, limits };
}

/** What the viewer refunded alone on a business day (`2026-11-19`) in a currency, in minor units. */
export async function spentAlone(
  { environment, viewer }: Scope,
  { day, currency }: { day: string; currency: string },
): Promise<number> {
  const [row] = await db()
    .select({ amount: refundDays.amount })
    .from(refundDays)
    .where(
      and(
        eq(refundDays.environment, environment),
        eq(refundDays.personId, viewer.personId),
        eq(refundDays.day, day),
        eq(refundDays.currency, currency),
      ),
    );
  return row?.amount ?? 0;
}
