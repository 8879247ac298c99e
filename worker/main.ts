import { closeDb } from "@/db/client";
import { outliveLostConnections } from "@/db/outlive-lost-connections";
import { watchAlerts } from "@/lib/alerts/watch-alerts";
import { sealEntries } from "@/lib/audit/seal-entries";
import { SettingError, settings } from "@/lib/config/settings";
import { proveMasterKey } from "@/lib/credentials/prove-master-key";
import { deliverDue } from "@/lib/events/deliver-due";
import { forgetOldDeliveries } from "@/lib/events/forget-deliveries";
import { log } from "@/lib/log/log";
import { keepMonths } from "@/lib/notifications/keep-months";
import { runDueReprocessings } from "@/lib/notifications/run-due-reprocessings";
import { askDue } from "@/lib/payments/ask-due";
import { runDuePlans } from "@/lib/refund-plans/run-due-plans";

/**
 * Asks gateways about payments and refunds whose outcome is open, sends events to the merchant's own systems, and runs
 * plans of many refunds, judges messages again, looks for alerts, seals the audit, and deletes what was kept long enough. A loop each, so
 * that a slow receiver or a long plan keeps no question waiting; a stop signal lets what is under way finish. Any number of these processes may run.
 */
async function work(): Promise<void> {
  const stop = new AbortController();
  process.on("SIGTERM", () => stop.abort());
  process.on("SIGINT", () => stop.abort());
  outliveLostConnections((lost) => log.warn(lost, "a connection to the database was lost"));
  log.info("worker started");
  await Promise.all([
    repeat(stop.signal, "the worker could not read what is due", () => askDue({ limit: atOnce, atOnce })),
    repeat(stop.signal, "the worker could not read which events are due", () => deliverDue({ limit: 50, atOnce: 8 })),
    repeat(stop.signal, "the worker could not run a refund plan", () => runDuePlans({ plans: 4, linesEach: 5 })),
    repeat(stop.signal, "the worker could not judge messages again", () =>
      runDueReprocessings({ runs: 2, batches: 4, batchSize: 100 }),
    ),
    repeat(stop.signal, "the worker could not seal the audit", sealEntries),
    repeat(stop.signal, "the worker could not look for alerts", watchAlerts, alertPauseMs),
    repeat(
      stop.signal,
      "the worker could not delete old deliveries of events",
      () => forgetOldDeliveries({ now: new Date(), limit: 200 }),
      slowPauseMs,
    ),
    repeat(stop.signal, "the worker could not look after the months of messages", keepMonths, slowPauseMs),
  ]);
  await closeDb();
  log.info("worker stopped");
}

/** Works as long as there is something to do, then rests for a moment; a stop ends the rest early. */
async function repeat(
  stop: AbortSignal,
  failure: string,
  round: () => Promise<number>,
  restMs = pauseMs,
): Promise<void> {
  while (!stop.aborted) {
    const found = await round().catch((error: unknown) => {
      log.error({ error }, failure);
      return 0;
    });
    if (found === 0) await rest(stop, restMs);
  }
}

function rest(stop: AbortSignal, restMs: number): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, restMs);
    stop.addEventListener("abort", end);
  });
}

const pauseMs = 1_000;
// A person looks at alerts within minutes; the queries are cheap, and still they are asked for nothing most of the time.
const alertPauseMs = 5_000;
// For work that nobody waits for.
const slowPauseMs = 15 * 60_000;
// No more than can be asked before the claims run out, even if every gateway keeps us waiting to the last moment.
const atOnce = 8;

try {
  settings();
  await proveMasterKey();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await work();
