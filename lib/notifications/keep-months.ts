import { sqlClient } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { databaseNow, dropMonthsBefore, prepareMonths } from "@/db/commands/notification-months";
import { readRetentionMonths } from "@/db/queries/retention";
import { type Month, oldestKept } from "@/lib/domain/retention";
import { log } from "@/lib/log/log";

/**
 * Makes room for the messages of the next months, and drops those of months whose period is over: their bytes and
 * nothing else. Any number of processes may do it at once.
 *
 * @returns 0: when the next month is due can wait for the next round
 */
export async function keepMonths(): Promise<number> {
  const sql = sqlClient();
  const now = await databaseNow(sql);
  await prepareMonths(sql, now);
  const gone = await dropMonthsBefore(sql, oldestKept(now, await readRetentionMonths()), async (held, months) =>
    noteAudit(held, {
      actor: { kind: "worker" },
      action: "retention.months-dropped",
      environment: null,
      subject: "notifications:retention",
      details: { months: months.map(inWords).join(", ") },
      address: null,
    }),
  );
  if (gone && gone.length > 0) log.info({ months: gone.map(inWords) }, "messages of past months were dropped");
  return 0;
}

function inWords({ year, month }: Month): string {
  return `${year}-${String(month).padStart(2, "0")}`;
}
