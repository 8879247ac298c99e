import { listSealedCredentials } from "@/db/queries/credentials-sealed";
import { type Environment, otherEnvironment } from "@/lib/domain/environment";
import { log } from "@/lib/log/log";
import { openSealed, type SecretVersion } from "./open-credential";

const freshMs = 5_000;
/** More applications than any merchant of one environment has had so far. */
const mostCredentials = 50;

const kept = new Map<Environment, { until: number; secrets: Promise<SecretVersion[]> }>();

/**
 * The secrets of the environment that is not this one: only to tell a message that went astray from a forged one, and
 * never to believe it. Read again after 5 seconds, so that forgeries cost no query each.
 */
export async function otherSecrets(environment: Environment, now: number = Date.now()): Promise<SecretVersion[]> {
  const known = kept.get(environment);
  if (known !== undefined && known.until > now) return known.secrets;
  const secrets = readSecrets(otherEnvironment(environment));
  kept.set(environment, { until: now + freshMs, secrets });
  secrets.catch(() => kept.delete(environment));
  return secrets;
}

async function readSecrets(environment: Environment): Promise<SecretVersion[]> {
  const sealed = await listSealedCredentials(environment, mostCredentials);
  return sealed.flatMap((credential) => {
    try {
      return openSealed(credential)?.verifying ?? [];
    } catch (error) {
      // A seal that broke there must not keep anything from being received here.
      log.warn({ error, credentialId: credential.id }, "a secret of the other environment could not be opened");
      return [];
    }
  });
}
