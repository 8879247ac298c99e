import { inSqlTransaction } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { lockWrappedKeys, replaceWrappedKey } from "@/db/commands/wrapped-keys";
import type { Actor } from "@/lib/domain/actor";
import { rewrap, SealBroken } from "./seal";

/** `broken` names rows that open with none of the keys; they are left as they are. */
export type Rewrapped = { rewrapped: number; unchanged: number; broken: string[] };

/**
 * Wraps the key of every stored secret by `MASTER_KEY`, whichever of `MASTER_KEY_ALSO` had wrapped it. The secrets stay
 * as they are, and processes that know both keys go on working meanwhile. All of them or, on a failure, none.
 */
export async function rewrapSecrets(actor: Actor): Promise<Rewrapped> {
  return inSqlTransaction(async (sql) => {
    const done: Rewrapped = { rewrapped: 0, unchanged: 0, broken: [] };
    for (const row of await lockWrappedKeys(sql)) {
      try {
        const wrappedKey = rewrap(row, row);
        if (!wrappedKey) {
          done.unchanged += 1;
          continue;
        }
        await replaceWrappedKey(sql, row, wrappedKey);
        done.rewrapped += 1;
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        done.broken.push(error.message);
      }
    }
    await noteAudit(sql, {
      actor,
      action: "master-key.changed",
      environment: null,
      subject: "secrets:all",
      details: { rewrapped: done.rewrapped, unchanged: done.unchanged, broken: done.broken.length },
      address: null,
    });
    return done;
  });
}
