import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { insertPendingSecret, lockSecrets } from "@/db/commands/credentials";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import { isUsedElsewhere, sealedValues, usedElsewhere } from "./add-credential";
import { forgetCredential, type OpenCredential } from "./open-credential";
import { type ProbedPending, probePending } from "./probe-pending";
import { credentialOf, keyOf, type Stepping } from "./rotation-step";
import { marksOf } from "./secret-marks";

/**
 * Begins a rotation: stores the next secret, sealed. It signs nothing and already verifies what comes in, since nobody
 * knows when the gateway begins to sign with it. The gateway is asked with it at once, whatever it makes of it.
 */
export async function addNextSecret(
  by: Stepping,
  { credentialId, secret }: { credentialId: string; secret: Secret },
): Promise<Result<ProbedPending, Problem>> {
  const credential = await credentialOf(by.scope, credentialId);
  if (!credential.ok) return credential;
  const stored = await store(by, credential.value, secret);
  forgetCredential(credential.value.id);
  return stored.ok ? probePending(by, { credentialId }) : stored;
}

async function store(
  { scope, address }: Stepping,
  credential: OpenCredential,
  secret: Secret,
): Promise<Result<number, Problem>> {
  const key = keyOf(credential);
  return inTransaction(async (tx) => {
    if (await isUsedElsewhere(tx, scope.environment, secret)) return err(usedElsewhere(scope.environment));
    const known = await lockSecrets(tx, key);
    const marks = marksOf(secret);
    const twin = known.find(({ fingerprint, length }) => fingerprint === marks.fingerprint && length === marks.length);
    if (twin && twin.stage !== "retired")
      return err(at("same-secret", `This is key ${twin.version}, which is in use here.`));
    if (twin?.ending === "forced") {
      return err(
        at("leaked-secret", `This is key ${twin.version}, which was retired by force and is not taken again.`),
      );
    }
    const open = known.find(({ stage }) => stage === "pending" || stage === "previous");
    if (open) return err(rotationOpen(open));
    const version = (known[0]?.version ?? 0) + 1;
    await insertPendingSecret(tx, { ...key, version }, sealedValues(secret, { ...key, version }));
    await recordAudit(tx, {
      actor: { kind: "person", personId: scope.viewer.personId },
      action: "credential.secret-added",
      environment: scope.environment,
      subject: `credential:${credential.id}`,
      details: { version, fingerprint: marks.fingerprint },
      address,
    });
    return ok(version);
  });
}

function rotationOpen({ stage, version }: { stage: string; version: number }): Problem {
  const way = stage === "pending" ? `Promote or abort key ${version} first.` : `Retire key ${version} first.`;
  return problem("rotation-open", `A rotation is under way. ${way}`);
}

function at(kind: string, message: string): Problem {
  return problem(kind, message, { secret: [message] });
}
