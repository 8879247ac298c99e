import { z } from "zod";
import { inSqlTransaction } from "@/db/client";
import { setAlertLimits } from "@/db/commands/alerts";
import { noteAudit } from "@/db/commands/audit";
import { type AlertLimits, AlertRule, alertTitles } from "@/lib/domain/alerts";
import { refusalFor } from "@/lib/domain/may";
import type { Problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";

const whole = (least: number, most: number) => {
  const message = `A whole number, from ${least} to ${most}.`;
  return z
    .string()
    .trim()
    .regex(/^[0-9]{1,5}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message);
};

/** The limits of one rule as an admin types them. */
export const AlertLimitsInput = z
  .object({
    rule: AlertRule,
    isActive: z.enum(["on", "off"]),
    least: whole(1, 500),
    minutes: whole(1, 1440),
  })
  .transform(({ rule, isActive, least, minutes }, context) => {
    if (rule === "gateway-errors" && least > 100) {
      context.addIssue({ code: "custom", path: ["least"], message: "A share in percent, from 1 to 100." });
      return z.NEVER;
    }
    return { rule, isActive: isActive === "on", least, minutes };
  });

/** Sets when a rule opens an alert in this environment; the next look goes by it. */
export async function changeAlertLimits(
  scope: Scope,
  { rule, ...limits }: { rule: AlertRule } & AlertLimits,
  address: string | null,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "alert-rules:write");
  if (refusal) return err(refusal);
  const { environment, viewer } = scope;
  await inSqlTransaction(async (sql) => {
    await setAlertLimits(sql, { environment, rule, ...limits });
    await noteAudit(sql, {
      actor: { kind: "person", personId: viewer.personId },
      action: "alert-limits.changed",
      environment,
      subject: `alerts:${environment}`,
      details: { rule, ...limits },
      address,
    });
  });
  return ok({ news: `Saved: ${alertTitles[rule]}.` });
}
