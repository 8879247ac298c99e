import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { countAttempt } from "@/db/commands/sign-in-limits";
import type { Environment } from "@/lib/domain/environment";
import type { CredentialId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Viewer } from "@/lib/domain/viewer";

/** Searches of one person within one window, by the environment of the credential that they are about. */
export const mostSearches: Readonly<Record<Environment, number>> = { test: 60, production: 20 };
export const searchWindowMinutes = 15;

export type SearchNote = {
  viewer: Viewer;
  credentialId: CredentialId;
  environment: Environment;
  /** How many other keys are tried beside it, and of which environments. */
  otherKeys: number;
  environments: readonly Environment[];
  address: string | null;
};

/**
 * Counts a use of stored secrets and notes it, before any of them is opened: a verdict that nobody can look up later is
 * not given. The first one too many is noted as well.
 *
 * @returns how many are left in this window
 */
export async function noteSearch(note: SearchNote): Promise<Result<number, Problem>> {
  const { viewer, credentialId, environment, otherKeys, environments, address } = note;
  const most = mostSearches[environment];
  const key = `debugger:${environment}:${viewer.personId}`;
  const counted = (await countAttempt([key], { windowMinutes: searchWindowMinutes })).get(key);
  if (counted === undefined) throw new Error("a search was not counted");
  const entry = {
    actor: { kind: "person", personId: viewer.personId } as const,
    environment,
    subject: `credential:${credentialId}`,
    address,
  };
  if (counted.failures <= most) {
    const details = { otherKeys, environments: environments.join(" and ") };
    await inTransaction(async (tx) => recordAudit(tx, { ...entry, action: "debugger.searched", details }));
    return ok(most - counted.failures);
  }
  if (counted.failures === most + 1) {
    const details = { most, windowMinutes: searchWindowMinutes };
    await inTransaction(async (tx) => recordAudit(tx, { ...entry, action: "debugger.limited", details }));
  }
  const minutes = Math.max(1, Math.ceil(counted.secondsLeft / 60));
  return err(
    problem(
      "too-many-searches",
      `Stored secrets of ${environment} may be used ${most} times within ${searchWindowMinutes} minutes. The next search is possible in ${minutes} min; with a typed secret there is no limit.`,
    ),
  );
}
