import { db } from "@/db/client";
import { consoleAccess } from "@/db/schema/console-access";
import type { ConsoleAccess } from "@/lib/domain/console-access";

/** From where people may come, where no session is read that says it too. */
export async function readConsoleAccess(): Promise<ConsoleAccess> {
  const [row] = await db()
    .select({ console: consoleAccess.consoleAddresses, settings: consoleAccess.settingsAddresses })
    .from(consoleAccess);
  return row ?? { console: [], settings: [] };
}
