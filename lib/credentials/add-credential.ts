import { inTransaction, type Tx } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { ensureMerchant, hasSecretLike, insertCredential, insertSecret } from "@/db/commands/credentials";
import type { Actor } from "@/lib/domain/actor";
import { type Environment, otherEnvironment } from "@/lib/domain/environment";
import { CredentialId, newId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import type { NewCredential } from "./credential-input";
import { forgetCredential } from "./open-credential";
import { type Proof, probeCredential } from "./probe-credential";
import { seal } from "./seal";
import { marksOf } from "./secret-marks";

/** Who asks for a change, and from where. */
export type By = { actor: Actor; address: string | null };

/**
 * Proves a credential at its gateway and stores it, its secret sealed. A set that the gateway does not accept is not
 * stored, and neither is a secret that the other environment uses: one of the two would be the wrong one.
 */
export async function addCredential(
  by: By,
  environment: Environment,
  input: NewCredential,
): Promise<Result<CredentialId, Problem>> {
  const proof = await probeCredential(input);
  if (!proof.ok) return proof;
  const credentialId = newId(CredentialId);
  const stored = await inTransaction(async (tx) => {
    if (await isUsedElsewhere(tx, environment, input.secret)) return err(usedElsewhere(environment));
    const merchantId = await ensureMerchant(tx, { environment, mchNo: input.mchNo });
    const key = { merchantId, credentialId };
    const { secret, mchNo, ...values } = input;
    if (!(await insertCredential(tx, key, values))) return err(alreadyThere);
    await insertSecret(tx, { ...key, version: 1 }, sealedValues(secret, { ...key, version: 1 }));
    await recordAudit(tx, {
      ...by,
      action: "credential.added",
      environment,
      subject: `credential:${credentialId}`,
      details: detailsOf(input, proof.value),
    });
    return ok(credentialId);
  });
  forgetCredential(credentialId);
  return stored;
}

/** A secret as it is stored for one row: sealed, and what may be seen of it. */
export function sealedValues(secret: Secret, place: Parameters<typeof seal>[1]) {
  return { ...seal(secret, place), ...marksOf(secret) };
}

export async function isUsedElsewhere(tx: Tx, environment: Environment, secret: Secret): Promise<boolean> {
  const { fingerprint, length } = marksOf(secret);
  return hasSecretLike(tx, { environment: otherEnvironment(environment), fingerprint, length });
}

export function usedElsewhere(environment: Environment): Problem {
  const message = `This secret is already stored for ${otherEnvironment(environment)}. Secrets of the two environments have nothing in common.`;
  return problem("secret-of-other-environment", message, { secret: [message] });
}

const alreadyThere = problem("credential-exists", "This application is already here under this address.", {
  appId: ["This application is already here under this address. Change that credential, or replace its secret."],
});

function detailsOf({ label, mchNo, appId, baseUrl, wayCodes, secret }: NewCredential, proof: Proof) {
  return {
    label,
    mchNo,
    appId,
    baseUrl,
    wayCodes: wayCodes.join(","),
    fingerprint: marksOf(secret).fingerprint,
    proof,
  };
}
