import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { insertEndpoint, insertEventSecret } from "@/db/commands/event-endpoints";
import { seal } from "@/lib/credentials/seal";
import { marksOf } from "@/lib/credentials/secret-marks";
import { EventEndpointId, newId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import type { NewEndpoint } from "./endpoint-input";
import { checkReceiverUrl } from "./receiver-address";
import { newEventSecret } from "./sign-event";

/** A key that was just made. It is shown to the person who asked for it, once, and never again. */
export type NewKey = { endpointId: EventEndpointId; version: number; key: string };

/** Adds an address that hears of changes, with a key of its own. */
export async function addEndpoint(
  scope: Scope,
  { merchantId, label, url, eventTypes }: NewEndpoint,
  address: string | null,
): Promise<Result<NewKey, Problem>> {
  const refusal = refusalFor(scope, "events:write");
  if (refusal) return err(refusal);
  if (!scope.merchants.some((merchant) => merchant.merchantId === merchantId)) return err(unknownMerchant);
  const checked = checkReceiverUrl(url, scope.environment);
  if (!checked.ok) return err(problem("bad-address", checked.error, { url: [checked.error] }));
  const key = { merchantId, endpointId: newId(EventEndpointId) };
  const secret = newEventSecret();
  await inTransaction(async (tx) => {
    await insertEndpoint(tx, key, { label, url: checked.value.href, eventTypes });
    await insertEventSecret(tx, { ...key, version: 1 }, sealedKey(secret, { ...key, version: 1 }));
    await recordAudit(tx, {
      actor: { kind: "person", personId: scope.viewer.personId },
      action: "event-endpoint.added",
      environment: scope.environment,
      subject: `event-endpoint:${key.endpointId}`,
      details: {
        label,
        url: checked.value.href,
        types: eventTypes.join(","),
        fingerprint: marksOf(secret).fingerprint,
      },
      address,
    });
  });
  return ok({ endpointId: key.endpointId, version: 1, key: secret.reveal() });
}

/** A key as it is stored for one row: sealed, and what may be seen of it. */
export function sealedKey(secret: Secret, place: Parameters<typeof seal>[1]) {
  return { ...seal(secret, place), ...marksOf(secret) };
}

const unknownMerchant = problem("unknown-merchant", "This environment has no such merchant.", {
  merchantId: ["Choose a merchant of this environment."],
});
