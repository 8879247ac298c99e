import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { type Attempts, countAttempt } from "@/db/commands/sign-in-limits";
import { Environment } from "@/lib/domain/environment";
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
  /** How many other keys are tried beside it, of each environment. */
  otherKeys: Readonly<Record<Environment, number>>;
  address: string | null;
};

export type NotedSearch = {
  /** How many are left in this window about the environment of the credential. */
  left: number;
  /** Keys of production are not to be tried beside it: that would be one search with them too many. */
  isWithoutProduction: boolean;
};

/**
 * Counts a use of stored secrets and notes it, before any of them is held against a message: a verdict that nobody can
 * look up later is not given. The first one too many is noted as well. Whoever tries production keys beside one of test
 * uses up a search of production too.
 */
export async function noteSearch(note: SearchNote): Promise<Result<NotedSearch, Problem>> {
  const { environment, otherKeys } = note;
  const counted = await countSearch(note, environment);
  const most = mostSearches[environment];
  if (counted.failures > most) {
    const minutes = Math.max(1, Math.ceil(counted.secondsLeft / 60));
    return err(
      problem(
        "too-many-searches",
        `Stored secrets of ${environment} may be used ${most} times within ${searchWindowMinutes} minutes. The next search is possible in ${minutes} min; with a typed secret there is no limit.`,
      ),
    );
  }
  const holdsProduction = environment !== "production" && otherKeys.production > 0;
  const isWithoutProduction =
    holdsProduction && (await countSearch(note, "production")).failures > mostSearches.production;
  const tried = { ...otherKeys, production: isWithoutProduction ? 0 : otherKeys.production };
  const environments = Environment.options.filter((one) => one === environment || tried[one] > 0);
  const details = { otherKeys: tried.test + tried.production, environments: environments.join(" and ") };
  const entry = { ...entryOf(note), environment, action: "debugger.searched", details };
  await inTransaction(async (tx) => recordAudit(tx, entry));
  return ok({ left: most - counted.failures, isWithoutProduction });
}

async function countSearch(note: SearchNote, environment: Environment): Promise<Attempts> {
  const key = `debugger:${environment}:${note.viewer.personId}`;
  const counted = (await countAttempt([key], { windowMinutes: searchWindowMinutes })).get(key);
  if (counted === undefined) throw new Error("a search was not counted");
  const most = mostSearches[environment];
  if (counted.failures === most + 1) {
    const details = { most, windowMinutes: searchWindowMinutes };
    const entry = { ...entryOf(note), environment, action: "debugger.limited", details };
    await inTransaction(async (tx) => recordAudit(tx, entry));
  }
  return counted;
}

function entryOf({ viewer, credentialId, address }: SearchNote) {
  const actor = { kind: "person", personId: viewer.personId } as const;
  return { actor, subject: `credential:${credentialId}`, address };
}
