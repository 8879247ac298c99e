import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { abortPending, retirePrevious } from "@/db/commands/secret-stages";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { forgetCredential, type OpenCredential } from "./open-credential";
import { readRotation } from "./read-rotation";
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
import { marksOf } from "./secret-marks";

/**
 * Ends the overlap, once there is proof that nobody signs with the secret before the current one any more. What it signs
 * is refused from now on.
 *
 * @returns the version that ended
 */
export async function retireSecret(
  by: Stepping,
  { credentialId }: { credentialId: string },
): Promise<Result<number, Problem>> {
  return retire(by, credentialId, async (credential) => {
    const rotation = await readRotation(by.scope, credential.id);
    if (rotation?.proof?.isProven) return ok({ ending: "proven", missing: null });
    return err(problem("not-proven", `Proof is missing: ${rotation?.proof?.missing.join(" ") ?? ""}`.trim()));
  });
}

/**
 * Ends the overlap without proof, because the secret before the current one is known to others. Whoever asks for it
 * types its fingerprint, so that no other one is meant. Genuine messages that it signed are refused from now on.
 */
export async function forceRetireSecret(
  by: Stepping,
  { credentialId, fingerprint }: { credentialId: string; fingerprint: string },
): Promise<Result<number, Problem>> {
  return retire(by, credentialId, async (credential, old) => {
    if (fingerprint !== marksOf(old.secret).fingerprint) {
      const message = `Type the eight characters of the fingerprint of key ${old.version}, as they stand on this page.`;
      return err(problem("not-confirmed", message, { fingerprint: [message] }));
    }
    const rotation = await readRotation(by.scope, credential.id);
    return ok({ ending: "forced", missing: rotation?.proof?.missing.join(" ") ?? null });
  });
}

type Ending = { ending: "proven" | "forced"; missing: string | null };
type Decide = (credential: OpenCredential, old: OpenCredential["current"]) => Promise<Result<Ending, Problem>>;

async function retire({ scope, address }: Stepping, credentialId: string, decide: Decide) {
  const found = await credentialOf(scope, credentialId);
  if (!found.ok) return found;
  const credential = found.value;
  const old = previousOf(credential);
  if (old === null) return err(noOverlap);
  const decided = await decide(credential, old);
  if (!decided.ok) return decided;
  const { ending, missing } = decided.value;
  const versions = { current: credential.current.version, previous: old.version };
  const isRetired = await inSqlTransaction(async (sql) => {
    if (!(await retirePrevious(sql, keyOf(credential), { ...versions, ending }))) return false;
    const details = { ending, ...(missing ? { missing } : {}) };
    await noteStep(sql, { scope, address }, credential, { action: "credential.secret-retired", key: old, details });
    return true;
  });
  return ended(credential, old.version, isRetired);
}

/** Takes the pending secret away before it ever signed. What it signed is refused from now on. */
export async function abortRotation(
  by: Stepping,
  { credentialId }: { credentialId: string },
): Promise<Result<number, Problem>> {
  const credential = await credentialOf(by.scope, credentialId);
  if (!credential.ok) return credential;
  const { pending } = credential.value;
  if (pending === null) return err(noPending);
  const isAborted = await inSqlTransaction(async (sql) => {
    if (!(await abortPending(sql, keyOf(credential.value), pending.version))) return false;
    await noteStep(sql, by, credential.value, { action: "credential.secret-aborted", key: pending });
    return true;
  });
  return ended(credential.value, pending.version, isAborted);
}

function ended(credential: OpenCredential, version: number, isEnded: boolean): Result<number, Problem> {
  forgetCredential(credential.id);
  if (!isEnded) return err(movedMeanwhile);
  announceChange(sqlClient(), { ...credential, paymentId: null });
  return ok(version);
}
