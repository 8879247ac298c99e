import { sqlClient } from "@/db/client";
import { newestWrappedKey } from "@/db/commands/wrapped-keys";
import { SettingError } from "@/lib/config/settings";
import { log } from "@/lib/log/log";
import { open, SealBroken } from "./seal";

/**
 * Opens the newest stored secret, so that a process with a wrong master key says so at its start instead of failing at
 * every order. A database that cannot be asked now is no reason: nothing opens without it either.
 *
 * @throws SettingError
 */
export async function proveMasterKey(): Promise<void> {
  try {
    const row = await newestWrappedKey(sqlClient());
    if (row) open(row, row);
  } catch (error) {
    if (error instanceof SealBroken) {
      throw new SettingError(
        "MASTER_KEY does not open the stored secrets: it must be the key that wrapped them, or MASTER_KEY_ALSO must have it",
      );
    }
    log.warn({ error }, "the master key could not be proven yet, because the database did not answer");
  }
}
