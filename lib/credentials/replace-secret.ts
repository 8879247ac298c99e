import { inTransaction, type Tx } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { insertSecret, makeRoomForSecret, retirePreviousSecret } from "@/db/commands/credentials";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { isUsedElsewhere, sealedValues, usedElsewhere } from "./add-credential";
import { unknownCredential } from "./change-credential";
import { forgetCredential, type OpenCredential, openCredential } from "./open-credential";
import { probeCredential } from "./probe-credential";
import { marksOf } from "./secret-marks";

/**
 * Signs with another secret from now on, once the gateway accepted it. The one before still verifies what comes in, since
 * messages that it signed may be on their way; the one before that ends.
 *
 * @returns the number of the new version
 */
export async function replaceSecret(
  scope: Scope,
  { credentialId, secret }: { credentialId: string; secret: Secret },
  address: string | null,
): Promise<Result<number, Problem>> {
  const credential = await credentialIn(scope, credentialId);
  if (credential === null) return err(unknownCredential);
  if (credential.verifying.some((known) => known.secret.reveal() === secret.reveal())) return err(sameSecret);
  const proof = await probeCredential({ ...credential, secret });
  if (!proof.ok) return proof;
  const key = { merchantId: credential.merchantId, credentialId: credential.id };
  const version = credential.current.version + 1;
  const replaced = await inTransaction(async (tx) => {
    if (await isUsedElsewhere(tx, scope.environment, secret)) return err(usedElsewhere(scope.environment));
    if (!(await makeRoomForSecret(tx, key, credential.current.version))) return err(replacedMeanwhile);
    await insertSecret(tx, { ...key, version }, sealedValues(secret, { ...key, version }));
    const details = { version, fingerprint: marksOf(secret).fingerprint, proof: proof.value };
    await note(tx, scope, credential, { action: "credential.secret-replaced", details, address });
    return ok(version);
  });
  forgetCredential(credential.id);
  return replaced;
}

/** Ends the overlap: messages signed with the secret before the current one are refused from now on. */
export async function endOverlap(
  scope: Scope,
  { credentialId }: { credentialId: string },
  address: string | null,
): Promise<Result<number, Problem>> {
  const credential = await credentialIn(scope, credentialId);
  if (credential === null) return err(unknownCredential);
  const retired = await inTransaction(async (tx) => {
    const version = await retirePreviousSecret(tx, { merchantId: credential.merchantId, credentialId: credential.id });
    if (version === null) return err(problem("no-overlap", "Only the current secret is in use."));
    await note(tx, scope, credential, { action: "credential.secret-retired", details: { version }, address });
    return ok(version);
  });
  forgetCredential(credential.id);
  return retired;
}

const sameSecret = problem("same-secret", "This secret is already in use here.", {
  secret: ["This secret is already in use here."],
});
const replacedMeanwhile = problem(
  "replaced-meanwhile",
  "Somebody replaced the secret in the meantime. Look at what is there now.",
);

async function credentialIn(scope: Scope, credentialId: string): Promise<OpenCredential | null> {
  // A copy from a moment ago may lack the newest version.
  forgetCredential(credentialId);
  const credential = await openCredential(credentialId);
  const isInScope = scope.merchants.some(({ merchantId }) => merchantId === credential?.merchantId);
  return isInScope ? credential : null;
}

async function note(
  tx: Tx,
  scope: Scope,
  credential: OpenCredential,
  entry: { action: string; details: Record<string, string | number>; address: string | null },
): Promise<void> {
  await recordAudit(tx, {
    ...entry,
    actor: { kind: "person", personId: scope.viewer.personId },
    environment: scope.environment,
    subject: `credential:${credential.id}`,
  });
}
