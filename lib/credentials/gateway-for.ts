import { sqlClient } from "@/db/client";
import { type CallSubject, keepCall } from "@/db/commands/kept-calls";
import type { Call, GatewayClient } from "@/lib/gateway/client";
import { keyVerdictOf } from "@/lib/gateway/key-verdict";
import { callRowOf } from "@/lib/payments/call-row";
import { askWithKey, type KeyedCall } from "./ask-with-key";
import { type OpenCredential, openCredentialNow } from "./open-credential";
import { promoteByItself } from "./promote-by-itself";

type Keyed<Method> = Method extends (...asked: infer Asked) => Promise<Call<infer Answer>>
  ? (...asked: Asked) => Promise<KeyedCall<Answer>>
  : never;

/** The gateway of a credential. What came of a call names the versions of the secret that were used. */
export type Gateway = { [Name in keyof GatewayClient]: Keyed<GatewayClient[Name]> };

/**
 * The gateway of a credential, ready to be asked about something. Signs with the current secret.
 *
 * A gateway changes its key at a moment that nobody announces. When it refuses the signature and a pending secret is
 * there, the same request is sent once more, signed with that one, and when the gateway takes it, it is promoted. A
 * refusal of the signature comes before anything is done with a request, so nothing can happen twice.
 *
 * Source: gateway-protocol 3.0, the order of validation.
 */
export function gatewayFor(credential: OpenCredential, subject: CallSubject): Gateway {
  const asked = <Answer>(ask: Ask<Answer>) => askWithBothKeys(credential, subject, ask);
  return {
    createPayment: (request) => asked((gateway) => gateway.createPayment(request)),
    queryPayment: (reference) => asked((gateway) => gateway.queryPayment(reference)),
    closePayment: (reference) => asked((gateway) => gateway.closePayment(reference)),
    cancelPayment: (request) => asked((gateway) => gateway.cancelPayment(request)),
    refundPayment: (request) => asked((gateway) => gateway.refundPayment(request)),
    queryRefund: (reference) => asked((gateway) => gateway.queryRefund(reference)),
    actOnHold: (operation, call) => asked((gateway) => gateway.actOnHold(operation, call)),
  };
}

type Ask<Answer> = (gateway: GatewayClient) => Promise<Call<Answer>>;

async function askWithBothKeys<Answer>(
  credential: OpenCredential,
  subject: CallSubject,
  ask: Ask<Answer>,
): Promise<KeyedCall<Answer>> {
  const first = await askWithKey(credential, credential.current, ask);
  if (keyVerdictOf(first.result) !== "refused") return first;
  // A key that was added, or promoted by another process, a moment ago may not be known here yet.
  const now = await openCredentialNow(credential.id);
  const isReplaced = now !== null && now.current.version !== first.secretVersion;
  const other = isReplaced ? now.current : now?.pending;
  if (!now || !other) return first;
  await keepCall(sqlClient(), credential.merchantId, callRowOf(credential, first), subject);
  const second = await askWithKey(now, other, ask);
  if (!isReplaced && keyVerdictOf(second.result) === "taken") {
    await promoteByItself(now, { from: first.secretVersion, to: other.version, subject });
  }
  return second;
}
