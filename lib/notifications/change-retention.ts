import { z } from "zod";
import { inSqlTransaction } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { setRetentionMonths } from "@/db/commands/notification-months";
import { readRetentionMonths } from "@/db/queries/retention";
import { refusalFor } from "@/lib/domain/may";
import type { Problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { longestRetentionMonths } from "@/lib/domain/retention";
import type { Scope } from "@/lib/domain/viewer";

const monthsMessage = `Whole months, from 1 to ${longestRetentionMonths}.`;

/** A period as an admin types it. */
export const RetentionInput = z.object({
  months: z
    .string()
    .trim()
    .regex(/^[0-9]{1,3}$/, monthsMessage)
    .transform(Number)
    .refine((months) => months >= 1 && months <= longestRetentionMonths, monthsMessage),
});

/** Sets for how many months messages are kept as they came. What is older goes with the worker's next round. */
export async function changeRetention(
  scope: Scope,
  months: number,
  address: string | null,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "retention:write");
  if (refusal) return err(refusal);
  const before = await readRetentionMonths();
  await inSqlTransaction(async (sql) => {
    await setRetentionMonths(sql, months);
    await noteAudit(sql, {
      actor: { kind: "person", personId: scope.viewer.personId },
      action: "retention.changed",
      environment: null,
      subject: "notifications:retention",
      details: { months, before },
      address,
    });
  });
  const period = months === 1 ? "one month" : `${months} months`;
  return ok({ news: `Messages are kept as they came for ${period}.` });
}
