import { type CredentialListRow, listCredentials } from "@/db/queries/credentials";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import type { Environment } from "@/lib/domain/environment";
import type { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";

export type ListedCredential = CredentialListRow & { environment: Environment };

/** Every credential of these scopes, in their order. */
export async function credentialsOf(scopes: readonly Scope[]): Promise<ListedCredential[]> {
  const lists = await Promise.all(
    scopes.map(async (scope) => {
      const rows = await listCredentials(scope);
      return rows.map((row) => ({ ...row, environment: scope.environment }));
    }),
  );
  return lists.flat();
}

/** The fields by which a message says whose it is. */
export type Belonging = { mchNo: string | null; appId: string | null };

/**
 * The credential that a message belongs to: application and merchant agree, or one of them does. Without any of that the
 * first one that is in use, and `isNamed` is false.
 */
export function credentialOfMessage<Listed extends { mchNo: string; appId: string; isActive: boolean }>(
  listed: readonly Listed[],
  { mchNo, appId }: Belonging,
): { credential: Listed; isNamed: boolean } | null {
  const named =
    listed.find((one) => one.appId === appId && one.mchNo === mchNo) ??
    listed.find((one) => one.appId === appId) ??
    listed.find((one) => one.mchNo === mchNo);
  if (named) return { credential: named, isNamed: true };
  const first = listed.find(({ isActive }) => isActive) ?? listed[0];
  return first ? { credential: first, isNamed: false } : null;
}

export type OpenedSecrets = {
  primary: OpenCredential;
  /** All other keys. */
  others: OtherStored[];
};

/** A key by a name for people, which begins with the environment where that is another one than the search is about. */
export type OtherStored = { name: string; environment: Environment; secret: Secret };

// More would take the search longer than a person waits; the nearest come first.
const mostOthers = 60;

/** The secret of one credential and all others that may have been taken instead of it. `null` when it has none in use. */
export async function openSecrets(
  chosen: ListedCredential,
  listed: readonly ListedCredential[],
): Promise<OpenedSecrets | null> {
  const primary = await openCredential(chosen.id);
  if (primary === null) return null;
  const rest = await Promise.all(listed.filter(({ id }) => id !== chosen.id).map(({ id }) => openCredential(id)));
  const others = [primary, ...rest.filter((credential) => credential !== null)]
    .flatMap((credential) => credential.verifying.map((key) => ({ credential, ...key })))
    .filter(({ secret }) => secret.reveal() !== primary.current.secret.reveal())
    .slice(0, mostOthers);
  const named = others.map(({ credential, version, secret }) => ({
    name: nameOf(credential, version, primary.environment),
    environment: credential.environment,
    secret,
  }));
  return { primary, others: named };
}

/** In quotation marks, so that a credential called "Test shop" is no environment. */
function nameOf({ environment, label, appId }: OpenCredential, version: number, here: Environment): string {
  const key = `“${label}” (${appId}), key ${version}`;
  return environment === here ? key : `${environment}: ${key}`;
}
