import type { Refusal } from "@/db/commands/evidence";
import { openCredential } from "@/lib/credentials/open-credential";
import { NotificationId, newId } from "@/lib/domain/ids";
import { NotificationKind } from "@/lib/domain/verdict";
import { log } from "@/lib/log/log";
import { applyMessage } from "./apply-message";
import { hashOf } from "./read-message";

/** A message that was not read to its end. */
export type RefusedMessage = {
  credentialId: string;
  kind: string;
  query: string;
  contentType: string | null;
  headers: [name: string, value: string][];
  sourceAddress: string | null;
  why: Refusal;
};

/**
 * Keeps the evidence that a message was refused before it was read: from where, with which headers and why, and no byte
 * of it. The same refusal of the same sender within an hour is counted and not kept again. Never throws: the sender has
 * been answered already, or waits for nothing.
 *
 * @param now  says which hour it is
 */
export async function keepRefused(refused: RefusedMessage, now: Date): Promise<void> {
  try {
    const kind = NotificationKind.safeParse(refused.kind);
    const credential = kind.success ? await openCredential(refused.credentialId) : null;
    if (!kind.success || credential === null) return;
    const { query, contentType, headers, sourceAddress, why } = refused;
    const hour = now.toISOString().slice(0, 13);
    const inbox = {
      ...{ id: newId(NotificationId), credentialId: credential.id, kind: kind.data },
      ...{ query, contentType, headers, sourceAddress },
      body: new Uint8Array(),
      dedup: hashOf("refused", kind.data, why, sourceAddress ?? "", hour),
      authenticity: why,
      ...{ ownNames: [], secretVersion: null, orderNo: null, gatewayState: null, isOwn: false },
      ...{ aloneUpTo: 0, elapsedUs: 0 },
    };
    await applyMessage({ inbox, reading: null }, credential, { isAgain: false });
  } catch (error) {
    log.warn({ error, credentialId: refused.credentialId }, "a refused notification could not be noted");
  }
}
