import { inSqlTransaction } from "@/db/client";
import { keepCall } from "@/db/commands/kept-calls";
import { noteProbe } from "@/db/commands/secret-stages";
import type { Problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { ProbeOutcome } from "@/lib/domain/rotation";
import type { OpenCredential, SecretVersion } from "./open-credential";
import { type Probed, probeSecret } from "./probe-secret";
import { credentialOf, keyOf, noPending, noteStep, type Stepping } from "./rotation-step";

export type ProbedPending = { version: number; outcome: ProbeOutcome; said: string };

/** Asks the gateway whether it takes the pending secret yet. Nothing follows from the answer but that it is known. */
export async function probePending(
  by: Stepping,
  { credentialId }: { credentialId: string },
): Promise<Result<ProbedPending, Problem>> {
  const credential = await credentialOf(by.scope, credentialId);
  if (!credential.ok) return credential;
  const { pending } = credential.value;
  if (pending === null) return err(noPending);
  const { outcome, said } = await probeAndKeep(by, credential.value, pending);
  return ok({ version: pending.version, outcome, said });
}

/** Asks the gateway with one version and keeps the call, what it showed, and who wanted to know. */
export async function probeAndKeep(by: Stepping, credential: OpenCredential, key: SecretVersion): Promise<Probed> {
  const probed = await probeSecret(credential, key);
  const subject = { paymentId: null, refundId: null, actor: by.scope.viewer.personId };
  await inSqlTransaction(async (sql) => {
    await keepCall(sql, credential.merchantId, probed.call, subject);
    await noteProbe(sql, keyOf(credential), { version: key.version, probe: probed.outcome });
    await noteStep(sql, by, credential, {
      action: "credential.secret-probed",
      key,
      details: { outcome: probed.outcome, callId: probed.call.id },
    });
  });
  return probed;
}
