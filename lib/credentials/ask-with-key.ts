import { type Call, createGatewayClient, type GatewayClient } from "@/lib/gateway/client";
import type { OpenCredential, SecretVersion } from "./open-credential";

/** Which version of the secret signed a request, and which one its answer; null without a right signature. */
export type CallKeys = { secretVersion: number; answerSecretVersion: number | null };

export type KeyedCall<Answer> = Call<Answer> & CallKeys;

/**
 * Asks the gateway of a credential once, signed with one version of its secret. Whatever verifies notifications verifies
 * the answer too: a gateway that changes its key while it works signs with the other one.
 */
export async function askWithKey<Answer>(
  { verifying, ...credential }: OpenCredential,
  key: SecretVersion,
  ask: (gateway: GatewayClient) => Promise<Call<Answer>>,
): Promise<KeyedCall<Answer>> {
  const others = verifying.filter(({ version }) => version !== key.version);
  const call = await ask(
    createGatewayClient({
      baseUrl: credential.baseUrl,
      mchNo: credential.mchNo,
      appId: credential.appId,
      secret: key.secret,
      alsoVerifying: others.map(({ secret }) => secret),
      encoding: credential.encoding,
      timeoutMs: answerLimitMs,
    }),
  );
  const { verifiedBy } = call.record;
  const signer = verifiedBy === null ? undefined : [key, ...others][verifiedBy];
  return { ...call, secretVersion: key.version, answerSecretVersion: signer?.version ?? null };
}

// Shorter than the time after which the worker asks about an order without an answer.
const answerLimitMs = 15_000;
