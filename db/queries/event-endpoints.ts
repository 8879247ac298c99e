import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { eventEndpoints, eventSecrets } from "@/db/schema/events";
import { merchants } from "@/db/schema/merchants";
import { EventType } from "@/lib/domain/events";
import { EventEndpointId, MerchantId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

export type EndpointRow = {
  merchantId: MerchantId;
  mchNo: string;
  id: EventEndpointId;
  label: string;
  url: string;
  /** Empty: every type. */
  eventTypes: EventType[];
  isActive: boolean;
  stoppedBecause: "gone" | null;
  createdAt: Date;
};

/** What may be seen of one version of an endpoint's key. */
export type EventKeyRow = {
  version: number;
  stage: "current" | "previous" | "retired";
  fingerprint: string;
  lastFour: string;
  length: number;
  createdAt: Date;
};

/** Every endpoint of the scope, those in use first, then in the order they were added. */
export async function listEndpoints(scope: Scope): Promise<EndpointRow[]> {
  const rows = await db()
    .select(endpointColumns)
    .from(eventEndpoints)
    .innerJoin(merchants, eq(merchants.merchantId, eventEndpoints.merchantId))
    .where(inArray(eventEndpoints.merchantId, merchantIdsOf(scope)))
    .orderBy(desc(eventEndpoints.isActive), asc(eventEndpoints.createdAt), asc(eventEndpoints.id));
  return rows.map(withTypes);
}

/** One endpoint of the scope and all versions of its key, the newest first; `null` when the scope has none such. */
export async function findEndpoint(
  scope: Scope,
  endpointId: string,
): Promise<(EndpointRow & { secrets: EventKeyRow[] }) | null> {
  const id = EventEndpointId.safeParse(endpointId);
  if (!id.success) return null;
  const [row] = await db()
    .select(endpointColumns)
    .from(eventEndpoints)
    .innerJoin(merchants, eq(merchants.merchantId, eventEndpoints.merchantId))
    .where(and(inArray(eventEndpoints.merchantId, merchantIdsOf(scope)), eq(eventEndpoints.id, id.data)))
    .limit(1);
  if (!row) return null;
  const secrets = await db()
    .select({
      version: eventSecrets.version,
      stage: eventSecrets.stage,
      fingerprint: eventSecrets.fingerprint,
      lastFour: eventSecrets.lastFour,
      length: eventSecrets.length,
      createdAt: eventSecrets.createdAt,
    })
    .from(eventSecrets)
    .where(and(eq(eventSecrets.merchantId, row.merchantId), eq(eventSecrets.endpointId, id.data)))
    .orderBy(desc(eventSecrets.version));
  return { ...withTypes(row), secrets };
}

const endpointColumns = {
  merchantId: eventEndpoints.merchantId,
  mchNo: merchants.mchNo,
  id: eventEndpoints.id,
  label: eventEndpoints.label,
  url: eventEndpoints.url,
  eventTypes: eventEndpoints.eventTypes,
  isActive: eventEndpoints.isActive,
  stoppedBecause: eventEndpoints.stoppedBecause,
  createdAt: eventEndpoints.createdAt,
};

function withTypes<Row extends { merchantId: string; id: string; eventTypes: string[] }>(row: Row) {
  return {
    ...row,
    merchantId: MerchantId.parse(row.merchantId),
    id: EventEndpointId.parse(row.id),
    eventTypes: EventType.array().parse(row.eventTypes),
  };
}
