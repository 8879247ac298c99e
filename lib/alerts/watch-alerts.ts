import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { closeAlert, keepAlertOpen, type OpenAlert, openAlert, readOpenAlerts } from "@/db/commands/alerts";
import type { AlertFinding } from "@/db/queries/alert-findings";
import { readAlertLimits } from "@/db/queries/alert-rules";
import { settings } from "@/lib/config/settings";
import { type AlertLimits, AlertRule, alertCause, alertEvidence } from "@/lib/domain/alerts";
import { Environment } from "@/lib/domain/environment";
import { AlertId, MerchantId, newId } from "@/lib/domain/ids";
import { log } from "@/lib/log/log";
import { watchedRules } from "./alert-rules";

/**
 * Judges every rule once: opens what is newly so, keeps open what still is, and closes what has ended. Any number of
 * workers may do this at once; the database keeps one open alert for a rule and its subject.
 *
 * @returns 0: what changes next can wait for the next round
 */
export async function watchAlerts(): Promise<number> {
  for (const environment of Environment.options) {
    const [limits, open] = await Promise.all([readAlertLimits(environment), readOpenAlerts(sqlClient(), environment)]);
    for (const rule of AlertRule.options) {
      try {
        const ofRule = open.filter((alert) => alert.rule === rule);
        await judge(environment, { rule, limits: limits[rule], open: ofRule });
      } catch (error) {
        // The other rules have nothing to do with it.
        log.error({ error, rule, environment }, "a rule for alerts could not be judged");
      }
    }
  }
  return 0;
}

type Judged = { rule: AlertRule; limits: AlertLimits; open: readonly OpenAlert[] };

async function judge(environment: Environment, { rule, limits, open }: Judged): Promise<void> {
  const { least, minutes, isActive } = limits;
  const { find, calmSeconds } = watchedRules[rule];
  const findings = isActive ? await find({ environment, least, minutes }) : [];
  const known = new Map(open.map((alert) => [keyOf(alert), alert]));
  for (const finding of findings) {
    const alert = known.get(keyOf(finding));
    known.delete(keyOf(finding));
    const facts = { ...finding.facts, least, minutes };
    if (alert === undefined) await begin(environment, rule, { ...finding, facts });
    else if (alert.secondsUnseen >= keptSeconds) await keepAlertOpen(sqlClient(), alert, facts);
  }
  for (const alert of known.values()) {
    if (!isActive || alert.secondsUnseen >= calmSeconds) await end(environment, alert);
  }
}

// Often enough to count the calm from, and not a write for every look.
const keptSeconds = 20;

async function begin(environment: Environment, rule: AlertRule, finding: AlertFinding): Promise<void> {
  const id = newId(AlertId);
  const isOpened = await openAlert(sqlClient(), { id, rule, ...finding, ...wordsOf(environment, rule, finding) });
  if (!isOpened) return;
  log.warn({ environment, rule, subject: finding.subject }, "an alert opened");
  tell(environment, finding.merchantId);
}

async function end(environment: Environment, alert: OpenAlert): Promise<void> {
  const isClosed = await closeAlert(sqlClient(), alert, wordsOf(environment, alert.rule, alert));
  if (!isClosed) return;
  log.info({ environment, rule: alert.rule, subject: alert.subject }, "an alert ended");
  tell(environment, alert.merchantId);
}

function wordsOf(environment: Environment, rule: AlertRule, finding: Omit<AlertFinding, "merchantId">) {
  const { path } = alertEvidence({ environment, rule, ...finding });
  return { cause: alertCause(rule, finding.facts), url: `${settings().publicUrl}${path}` };
}

function tell(environment: Environment, merchantId: string): void {
  announceChange(sqlClient(), { environment, merchantId: MerchantId.parse(merchantId), paymentId: null });
}

function keyOf({ merchantId, subject }: { merchantId: string; subject: string }): string {
  return `${merchantId} ${subject}`;
}
