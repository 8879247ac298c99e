import { listSealedCredentials, type SealedCredential } from "@/db/queries/credentials-sealed";
import { type Environment, otherEnvironment } from "@/lib/domain/environment";
import { log } from "@/lib/log/log";
import { openSealed, type SecretVersion } from "./open-credential";

const freshMs = 5_000;
/** More applications than any merchant of one environment has had so far. */
const mostCredentials = 500;
/** A message names one application, which one merchant has at one gateway or two. */
const mostOpened = 4;

const kept = new Map<Environment, { until: number; sealed: Promise<SealedCredential[]> }>();

/** What a message says of its sender. Nobody has proven it. */
export type Named = { mchNo: string | null; appId: string | null };

/** Secrets to hold a message against. Unless `isNamed` they are a stand-in, and what comes of it counts for nothing. */
export type OtherSecrets = { isNamed: boolean; versions: SecretVersion[] };

/**
 * The secrets that the environment which is not this one has for the application, else the merchant, that a message names:
 * only to tell a message that went astray from a forged one, and never to believe it. A message that names neither went
 * astray from nowhere. Few are opened, and they are read again after 5 seconds, so that forgeries cost little.
 *
 * Whoever names an application that is not there waits as long as for one that is: the secrets of another one stand in.
 */
export async function otherSecrets(
  environment: Environment,
  named: Named,
  now: number = Date.now(),
): Promise<OtherSecrets> {
  const all = await sealedOf(otherEnvironment(environment), now);
  const sealed = all.filter(({ appId, mchNo }) =>
    named.appId === null ? mchNo === named.mchNo : appId === named.appId && (named.mchNo ?? mchNo) === mchNo,
  );
  const isNamed = sealed.length > 0;
  const opened = isNamed ? sealed.slice(0, mostOpened) : all.slice(0, 1);
  return { isNamed, versions: opened.flatMap(openedOrNone) };
}

function openedOrNone(credential: SealedCredential): SecretVersion[] {
  try {
    return openSealed(credential)?.verifying ?? [];
  } catch (error) {
    // A seal that broke there must not keep anything from being received here.
    log.warn({ error, credentialId: credential.id }, "a secret of the other environment could not be opened");
    return [];
  }
}

function sealedOf(environment: Environment, now: number): Promise<SealedCredential[]> {
  const known = kept.get(environment);
  if (known !== undefined && known.until > now) return known.sealed;
  const sealed = listSealedCredentials(environment, mostCredentials);
  kept.set(environment, { until: now + freshMs, sealed });
  sealed.catch(() => kept.delete(environment));
  return sealed;
}
