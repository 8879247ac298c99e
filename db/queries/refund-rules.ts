import { asc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { refundLimits, refundRules } from "@/db/schema/refund-control";
import type { Environment } from "@/lib/domain/environment";
import { defaultHoldSeconds, type RefundRules } from "@/lib/domain/refund-rules";

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
