import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { eventDeliveries, eventEndpoints, eventSecrets } from "@/db/schema/events";
import type { EventType } from "@/lib/domain/events";
import { EventEndpointId, type MerchantId } from "@/lib/domain/ids";
import type { SealedValues } from "./credentials";

export type EndpointKey = { merchantId: MerchantId; endpointId: EventEndpointId };

export async function insertEndpoint(
  tx: Tx,
  { merchantId, endpointId }: EndpointKey,
  values: { label: string; url: string; eventTypes: EventType[] },
): Promise<void> {
  await tx.insert(eventEndpoints).values({ merchantId, id: endpointId, ...values });
}

/** Returns the key of the endpoint when one of these merchants has it; it now says what `changes` say. */
export async function updateEndpoint(
  tx: Tx,
  { merchantIds, endpointId }: { merchantIds: MerchantId[]; endpointId: EventEndpointId },
  changes: Partial<{ label: string; eventTypes: EventType[]; isActive: boolean; stoppedBecause: null }>,
): Promise<EndpointKey | null> {
  const [changed] = await tx
    .update(eventEndpoints)
    .set({ ...changes, changedAt: sql`now()` })
    .where(and(inArray(eventEndpoints.merchantId, merchantIds), eq(eventEndpoints.id, endpointId)))
    .returning({ merchantId: eventEndpoints.merchantId, endpointId: eventEndpoints.id });
  if (!changed) return null;
  return { merchantId: changed.merchantId as MerchantId, endpointId: EventEndpointId.parse(changed.endpointId) };
}

/** What still waits for an endpoint is not sent any more. Belongs behind the change that takes it out of use. */
export async function giveUpDeliveries(tx: Tx, { merchantId, endpointId }: EndpointKey): Promise<void> {
  await tx
    .update(eventDeliveries)
    .set({ state: "given-up", nextAttemptAt: null, claim: null, changedAt: sql`now()` })
    .where(
      and(
        eq(eventDeliveries.merchantId, merchantId),
        eq(eventDeliveries.endpointId, endpointId),
        eq(eventDeliveries.state, "due"),
      ),
    );
}

/** Stores the first version of a key, or the next one after `makeRoomForEventSecret`. */
export async function insertEventSecret(
  tx: Tx,
  { merchantId, endpointId, version }: EndpointKey & { version: number },
  values: SealedValues,
): Promise<void> {
  await tx.insert(eventSecrets).values({ merchantId, endpointId, version, stage: "current", ...values });
}

/**
 * Moves the current key to where it signs beside its successor, and the one before it out of use.
 *
 * @returns the version of the successor, or `null` for an endpoint without a key
 */
export async function makeRoomForEventSecret(tx: Tx, key: EndpointKey): Promise<number | null> {
  const [moved] = await tx
    .update(eventSecrets)
    .set({ stage: "previous" })
    .where(and(ofEndpoint(key), eq(eventSecrets.stage, "current")))
    .returning({ version: eventSecrets.version });
  if (!moved) return null;
  await tx
    .update(eventSecrets)
    .set({ stage: "retired" })
    .where(and(ofEndpoint(key), eq(eventSecrets.stage, "previous"), lt(eventSecrets.version, moved.version)));
  return moved.version + 1;
}

/** Ends the overlap. Returns the version that does not sign any more, or `null` when there was none. */
export async function retirePreviousEventSecret(tx: Tx, key: EndpointKey): Promise<number | null> {
  const [retired] = await tx
    .update(eventSecrets)
    .set({ stage: "retired" })
    .where(and(ofEndpoint(key), eq(eventSecrets.stage, "previous")))
    .returning({ version: eventSecrets.version });
  return retired?.version ?? null;
}

function ofEndpoint({ merchantId, endpointId }: EndpointKey) {
  return and(eq(eventSecrets.merchantId, merchantId), eq(eventSecrets.endpointId, endpointId));
}
