import { type Call, createGatewayClient, type GatewayClient, type GatewaySettings } from "@/lib/gateway/client";
import type { OpenCredential, SecretVersion } from "./open-credential";

/** Which version of the secret signed a request, and which one its answer; null without a right signature. */
export type CallKeys = { secretVersion: number; answerSecretVersion: number | null };

export type KeyedCall<Answer> = Call<Answer> & CallKeys;

/**
 * Sends once with one version of a credential's secret. Whatever verifies notifications verifies the answer too: a
 * gateway that changes its key while it works signs with the other one.
 */
export async function sendWithKey<Sent extends { record: { verifiedBy: number | null } }>(
  { baseUrl, mchNo, appId, verifying }: Pick<OpenCredential, "baseUrl" | "mchNo" | "appId" | "verifying">,
  key: SecretVersion,
  send: (settings: GatewaySettings) => Promise<Sent>,
): Promise<Sent & CallKeys> {
  const others = verifying.filter(({ version }) => version !== key.version);
  const alsoVerifying = others.map(({ secret }) => secret);
  const sent = await send({ baseUrl, mchNo, appId, secret: key.secret, alsoVerifying, timeoutMs: answerLimitMs });
  const { verifiedBy } = sent.record;
  const signer = verifiedBy === null ? undefined : [key, ...others][verifiedBy];
  return { ...sent, secretVersion: key.version, answerSecretVersion: signer?.version ?? null };
}

/** Asks the gateway of a credential once, signed with one version of its secret. */
export function askWithKey<Answer>(
  credential: OpenCredential,
  key: SecretVersion,
  ask: (gateway: GatewayClient) => Promise<Call<Answer>>,
): Promise<KeyedCall<Answer>> {
  const { encoding } = credential;
  return sendWithKey(credential, key, (settings) => ask(createGatewayClient({ ...settings, encoding })));
}

// Shorter than the time after which the worker asks about an order without an answer.
const answerLimitMs = 15_000;
