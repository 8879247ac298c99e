import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { countAttempt } from "@/db/commands/sign-in-limits";
import type { Environment } from "@/lib/domain/environment";
import type { CredentialId, GatewayCallId, PersonId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";

/** Composed requests of one person within one window. */
export const mostSendings: Readonly<Record<Environment, number>> = { test: 60, production: 20 };
export const sendingWindowMinutes = 15;

export type SendingNote = {
  personId: PersonId;
  environment: Environment;
  credentialId: CredentialId;
  /** The call as which it will be kept. */
  callId: GatewayCallId;
  operation: string;
  /** How it was written: `fields`, `signed`, `as-is`. */
  written: string;
  address: string | null;
};

/**
 * Counts a sending and notes it, in one transaction and before anything leaves: a request that nobody can look up later
 * is not sent. The first one too many is noted as well.
 *
 * @returns how many are left in this window
 */
export async function noteSending(note: SendingNote): Promise<Result<{ left: number }, Problem>> {
  const { environment, personId, credentialId, callId, operation, written, address } = note;
  const most = mostSendings[environment];
  const actor = { kind: "person", personId } as const;
  return inTransaction(async (tx) => {
    const key = `composer:${environment}:${personId}`;
    const counted = (await countAttempt([key], { windowMinutes: sendingWindowMinutes, database: tx })).get(key);
    if (counted === undefined) throw new Error("a sending was not counted");
    if (counted.failures <= most) {
      const details = { operation, credential: credentialId, written };
      const entry = { actor, environment, address, action: "composer.sent", subject: `call:${callId}`, details };
      await recordAudit(tx, entry);
      return ok({ left: most - counted.failures });
    }
    if (counted.failures === most + 1) {
      const details = { most, windowMinutes: sendingWindowMinutes };
      const subject = `credential:${credentialId}`;
      await recordAudit(tx, { actor, environment, address, action: "composer.limited", subject, details });
    }
    const minutes = Math.max(1, Math.ceil(counted.secondsLeft / 60));
    const message = `Nothing was sent. ${most} composed requests within ${sendingWindowMinutes} minutes are the most in ${environment}; the next is possible in ${minutes} min.`;
    return err(problem("too-many-sendings", message));
  });
}
