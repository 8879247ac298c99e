import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { alertRules } from "@/db/schema/alerts";
import { type AlertLimits, AlertRule, usualAlertLimits } from "@/lib/domain/alerts";
import type { Environment } from "@/lib/domain/environment";

/** When alerts open in an environment: the limits an admin set, else the usual ones. */
export async function readAlertLimits(environment: Environment): Promise<Record<AlertRule, AlertLimits>> {
  const rows = await db()
    .select({
      rule: alertRules.rule,
      isActive: alertRules.isActive,
      least: alertRules.least,
      minutes: alertRules.minutes,
    })
    .from(alertRules)
    .where(eq(alertRules.environment, environment));
  const limits = { ...usualAlertLimits };
  for (const { rule, ...chosen } of rows) {
    const known = AlertRule.safeParse(rule);
    if (known.success) limits[known.data] = chosen;
  }
  return limits;
}
