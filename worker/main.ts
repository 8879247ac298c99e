import { closeDb } from "@/db/client";
import { SettingError, settings } from "@/lib/config/settings";
import { log } from "@/lib/log/log";
import { askDue } from "@/lib/payments/ask-due";

/**
 * Asks gateways about payments and refunds whose outcome is open. One loop; a stop signal lets the questions under way
 * finish. Any number of these processes may run.
 */
async function work(): Promise<void> {
  let isStopping = false;
  let wake: () => void = () => {};
  const stop = () => {
    isStopping = true;
    wake();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  log.info("worker started");
  while (!isStopping) {
    const claimed = await askDue({ limit: atOnce, atOnce }).catch((error: unknown) => {
      log.error({ error }, "the worker could not read what is due");
      return 0;
    });
    if (claimed > 0 || isStopping) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, pauseMs);
    });
  }
  await closeDb();
  log.info("worker stopped");
}

const pauseMs = 1_000;
// No more than can be asked before the claims run out, even if every gateway keeps us waiting to the last moment.
const atOnce = 8;

try {
  settings();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await work();
