import { sqlClient } from "@/db/client";
import { newestWrappedKeys, type WrappedRow } from "@/db/commands/wrapped-keys";
import { SettingError } from "@/lib/config/settings";
import { log } from "@/lib/log/log";
import { open, SealBroken } from "./seal";

/**
 * Opens the newest stored secrets, so that a process with a wrong master key says so at its start instead of failing at
 * every order. The key is wrong when it opens none of them: one that alone does not open is damaged, is named in the log,
 * and stops no other. A database that cannot be asked now is no reason: nothing opens without it either.
 *
 * @throws SettingError
 */
export async function proveMasterKey(): Promise<void> {
  const rows = await newestWrappedKeys(sqlClient(), enoughToJudge).catch((error: unknown) => {
    log.warn({ error }, "the master key could not be proven yet, because the database did not answer");
    return [];
  });
  const broken = rows.filter((row) => !opens(row));
  if (rows.length > 0 && broken.length === rows.length) {
    throw new SettingError(
      "MASTER_KEY does not open the stored secrets: it must be the key that wrapped them, or MASTER_KEY_ALSO must have it",
    );
  }
  for (const { merchantId, version, sealed: _, wrappedKey: __, ...owner } of broken) {
    log.error({ merchantId, version, ...owner }, "a stored secret does not open with the master key");
  }
}

// One damaged row must not stand for all, and a start is not the place to open thousands.
const enoughToJudge = 20;

function opens(row: WrappedRow): boolean {
  try {
    open(row, row);
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}
