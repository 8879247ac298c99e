import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { demoteCurrent, promotePending } from "@/db/commands/secret-stages";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { forgetCredential, type OpenCredential, type SecretVersion } from "./open-credential";
import { probeAndKeep } from "./probe-pending";
import {
  credentialOf,
  keyOf,
  movedMeanwhile,
  noOverlap,
  noPending,
  noteStep,
  previousOf,
  type Stepping,
} from "./rotation-step";

/**
 * Signs with the pending secret from now on, once the gateway has just taken it. The one before only verifies then.
 *
 * @returns the version that signs
 */
export async function promoteSecret(
  by: Stepping,
  { credentialId }: { credentialId: string },
): Promise<Result<number, Problem>> {
  const credential = await credentialOf(by.scope, credentialId);
  if (!credential.ok) return credential;
  const { pending } = credential.value;
  if (pending === null) return err(noPending);
  return signWith(by, credential.value, { to: pending, action: "credential.secret-promoted", move: promoteByHand });
}

/** Signs with the secret before the current one again, while it is not retired and the gateway takes it. */
export async function goBackToSecret(
  by: Stepping,
  { credentialId }: { credentialId: string },
): Promise<Result<number, Problem>> {
  const credential = await credentialOf(by.scope, credentialId);
  if (!credential.ok) return credential;
  const previous = previousOf(credential.value);
  if (previous === null) return err(noOverlap);
  return signWith(by, credential.value, { to: previous, action: "credential.secret-gone-back", move: demoteCurrent });
}

const promoteByHand: typeof demoteCurrent = (sql, key, versions) =>
  promotePending(sql, key, { ...versions, isSelfPromoted: false });

async function signWith(
  by: Stepping,
  credential: OpenCredential,
  { to, action, move }: { to: SecretVersion; action: string; move: typeof demoteCurrent },
): Promise<Result<number, Problem>> {
  const { outcome, said } = await probeAndKeep(by, credential, to);
  if (outcome !== "taken")
    return err(problem("not-taken", `${said} Key ${credential.current.version} goes on signing.`));
  const from = credential.current.version;
  const isMoved = await inSqlTransaction(async (sql) => {
    if (!(await move(sql, keyOf(credential), { from, to: to.version }))) return false;
    await noteStep(sql, by, credential, { action, key: to, details: { before: from } });
    return true;
  });
  forgetCredential(credential.id);
  if (!isMoved) return err(movedMeanwhile);
  announceChange(sqlClient(), { ...credential, paymentId: null });
  return ok(to.version);
}
