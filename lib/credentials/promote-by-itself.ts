import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import type { CallSubject } from "@/db/commands/kept-calls";
import { noteAct } from "@/db/commands/payments";
import { promotePending } from "@/db/commands/secret-stages";
import { log } from "@/lib/log/log";
import { forgetCredential, type OpenCredential } from "./open-credential";
import { keyOf } from "./rotation-step";
import { marksOf } from "./secret-marks";

/**
 * The gateway has refused the current secret and taken the pending one, so that one signs from now on. The audit says so,
 * the timeline of the payment that it happened to, and an alert that stays until the one before is retired.
 *
 * Never fails: the call that it happened to has its answer, and the next one would promote it as well.
 */
export async function promoteByItself(
  credential: OpenCredential,
  { from, to, subject }: { from: number; to: number; subject: CallSubject },
): Promise<void> {
  const { merchantId, environment, id } = credential;
  const promoted = credential.verifying.find(({ version }) => version === to);
  try {
    const isMoved = await inSqlTransaction(async (sql) => {
      if (!(await promotePending(sql, keyOf(credential), { from, to, isSelfPromoted: true }))) return false;
      await noteAudit(sql, {
        actor: { kind: "gateway", credentialId: id },
        action: "credential.secret-promoted",
        environment,
        subject: `credential:${id}`,
        details: { version: to, fingerprint: promoted ? marksOf(promoted.secret).fingerprint : null, before: from },
        address: null,
      });
      if (subject.paymentId === null) return true;
      const details = { act: "promote-secret", version: to, before: from };
      await noteAct(sql, { ...subject, merchantId, paymentId: subject.paymentId, actor: "gateway", details });
      return true;
    });
    if (isMoved)
      log.warn({ credentialId: id, environment, from, to }, "the gateway changed its key; the pending one signs now");
  } catch (error) {
    log.error({ error, credentialId: id, from, to }, "a key that the gateway takes could not be promoted");
  }
  forgetCredential(id);
  announceChange(sqlClient(), { environment, merchantId, paymentId: subject.paymentId });
}
