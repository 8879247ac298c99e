import { noteAudit } from "@/db/commands/audit";
import type { CredentialKey } from "@/db/commands/credentials";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { unknownCredential } from "./change-credential";
import { type OpenCredential, openCredentialNow, type SecretVersion } from "./open-credential";
import { marksOf } from "./secret-marks";

/** Who takes a step of a rotation, and from where. */
export type Stepping = { scope: Scope; address: string | null };

/** A credential of the scope as it is now. */
export async function credentialOf(scope: Scope, credentialId: string): Promise<Result<OpenCredential, Problem>> {
  const credential = await openCredentialNow(credentialId);
  const isInScope = scope.merchants.some(({ merchantId }) => merchantId === credential?.merchantId);
  return credential && isInScope ? ok(credential) : err(unknownCredential);
}

export function keyOf({ merchantId, id }: OpenCredential): CredentialKey {
  return { merchantId, credentialId: id };
}

/** The version that only verifies since the current one was promoted, or null. */
export function previousOf({ verifying, current, pending }: OpenCredential): SecretVersion | null {
  return verifying.find(({ version }) => version !== current.version && version !== pending?.version) ?? null;
}

/** Notes a step about one version. Belongs into the transaction of the step. */
export async function noteStep(
  sql: Parameters<typeof noteAudit>[0],
  { scope, address }: Stepping,
  credential: OpenCredential,
  note: { action: string; key: SecretVersion; details?: Record<string, string | number | null> },
): Promise<void> {
  await noteAudit(sql, {
    actor: { kind: "person", personId: scope.viewer.personId },
    action: note.action,
    environment: scope.environment,
    subject: `credential:${credential.id}`,
    details: { version: note.key.version, fingerprint: marksOf(note.key.secret).fingerprint, ...note.details },
    address,
  });
}

export const movedMeanwhile = problem(
  "moved-meanwhile",
  "Somebody, or the gateway, took another step in the meantime. Look at where it stands now.",
);
export const noPending = problem("no-pending", "There is no pending key.");
export const noOverlap = problem("no-overlap", "Only the current key is in use.");
