import { and, count, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { db } from "@/db/client";
import { alerts } from "@/db/schema/alerts";
import { credentials } from "@/db/schema/credentials";
import { type AlertFacts, AlertRule } from "@/lib/domain/alerts";
import { AlertId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

export type AlertRow = {
  id: AlertId;
  rule: AlertRule;
  credentialId: string;
  credentialLabel: string;
  subject: string;
  facts: AlertFacts;
  openedAt: Date;
  seenAt: Date;
  /** Null while it lasts. */
  closedAt: Date | null;
};

/** What is open now, and the last ones that ended, the newest first. */
export async function listAlerts(scope: Scope, mostEnded = 30): Promise<{ open: AlertRow[]; ended: AlertRow[] }> {
  const [open, ended] = await Promise.all([
    alertRows(scope, isNull(alerts.closedAt)).limit(200),
    alertRows(scope, isNotNull(alerts.closedAt)).limit(mostEnded),
  ]);
  return { open: open.map(asRead), ended: ended.map(asRead) };
}

/** How many alerts are open, for the number in the navigation. */
export async function countOpenAlerts(scope: Scope): Promise<number> {
  const [row] = await db()
    .select({ open: count() })
    .from(alerts)
    .where(and(inArray(alerts.merchantId, merchantIdsOf(scope)), isNull(alerts.closedAt)));
  return row?.open ?? 0;
}

function alertRows(scope: Scope, which: ReturnType<typeof isNull>) {
  return db()
    .select({
      id: alerts.id,
      rule: alerts.rule,
      credentialId: alerts.credentialId,
      credentialLabel: credentials.label,
      subject: alerts.subject,
      facts: alerts.facts,
      openedAt: alerts.openedAt,
      seenAt: alerts.seenAt,
      closedAt: alerts.closedAt,
    })
    .from(alerts)
    .innerJoin(credentials, and(eq(credentials.merchantId, alerts.merchantId), eq(credentials.id, alerts.credentialId)))
    .where(and(inArray(alerts.merchantId, merchantIdsOf(scope)), which))
    .orderBy(desc(alerts.openedAt), desc(alerts.id));
}

function asRead(row: Awaited<ReturnType<typeof alertRows>>[number]): AlertRow {
  return { ...row, id: AlertId.parse(row.id), rule: AlertRule.parse(row.rule) };
}
