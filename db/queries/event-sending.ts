import { and, desc, eq, ne } from "drizzle-orm";
import { db } from "@/db/client";
import { eventDeliveries, eventEndpoints, eventSecrets, events } from "@/db/schema/events";
import { merchants } from "@/db/schema/merchants";
import { EventEndpointId, type MerchantId } from "@/lib/domain/ids";

/** All that is needed to send one delivery. Its keys are sealed, the newest first. */
export type EventSending = NonNullable<Awaited<ReturnType<typeof findEventSending>>>;

/** For the sender, where there is no viewer to ask. Null when it does not exist. */
export async function findEventSending({ merchantId, deliveryId }: { merchantId: MerchantId; deliveryId: string }) {
  const [row] = await db()
    .select({
      environment: merchants.environment,
      endpointId: eventEndpoints.id,
      url: eventEndpoints.url,
      isActive: eventEndpoints.isActive,
      attempts: eventDeliveries.attempts,
      event: { id: events.id, type: events.type, payload: events.payload, createdAt: events.createdAt },
    })
    .from(eventDeliveries)
    .innerJoin(
      eventEndpoints,
      and(eq(eventEndpoints.merchantId, eventDeliveries.merchantId), eq(eventEndpoints.id, eventDeliveries.endpointId)),
    )
    .innerJoin(events, and(eq(events.merchantId, eventDeliveries.merchantId), eq(events.id, eventDeliveries.eventId)))
    .innerJoin(merchants, eq(merchants.merchantId, eventDeliveries.merchantId))
    .where(and(eq(eventDeliveries.merchantId, merchantId), eq(eventDeliveries.id, deliveryId)))
    .limit(1);
  if (!row) return null;
  const endpointId = EventEndpointId.parse(row.endpointId);
  return { ...row, merchantId, endpointId, secrets: await sealedKeys(merchantId, endpointId) };
}

async function sealedKeys(merchantId: MerchantId, endpointId: EventEndpointId) {
  return db()
    .select({
      version: eventSecrets.version,
      sealed: eventSecrets.sealed,
      wrappedKey: eventSecrets.wrappedKey,
    })
    .from(eventSecrets)
    .where(
      and(
        eq(eventSecrets.merchantId, merchantId),
        eq(eventSecrets.endpointId, endpointId),
        ne(eventSecrets.stage, "retired"),
      ),
    )
    .orderBy(desc(eventSecrets.version));
}
