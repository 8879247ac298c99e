import { type CredentialChoice, listCredentialChoices } from "@/db/queries/credentials";
import type { Scope } from "@/lib/domain/viewer";

/** The credential for a new payment of the scope: see `choiceFor`. */
export async function chooseCredential(scope: Scope, wayCode: string): Promise<CredentialChoice | null> {
  return choiceFor(await listCredentialChoices(scope), wayCode);
}

/**
 * The first credential that names the way code, else the first that takes every way code.
 *
 * @returns `null` when none may be used for it
 */
export function choiceFor<Choice extends { wayCodes: readonly string[] }>(
  choices: readonly Choice[],
  wayCode: string,
): Choice | null {
  const named = choices.find(({ wayCodes }) => wayCodes.includes(wayCode));
  return named ?? choices.find(({ wayCodes }) => wayCodes.length === 0) ?? null;
}
