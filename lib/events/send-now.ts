import { inTransaction, sqlClient } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { claimAgain, insertClaimedEvent } from "@/db/commands/event-deliveries";
import { findEndpoint } from "@/db/queries/event-endpoints";
import { testEventType } from "@/lib/domain/events";
import type { EventDeliveryId, EventEndpointId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { unknownEndpoint } from "./change-endpoint";
import { deliverEvent } from "./deliver-event";

/**
 * Sends a real, signed event of the type `ping` to an endpoint and waits for its answer.
 *
 * @returns the delivery, whose page says what came back
 */
export async function sendTestEvent(
  scope: Scope,
  { endpointId }: { endpointId: EventEndpointId },
  address: string | null,
): Promise<Result<EventDeliveryId, Problem>> {
  const refusal = refusalFor(scope, "events:write");
  if (refusal) return err(refusal);
  const endpoint = await findEndpoint(scope, endpointId);
  if (endpoint === null) return err(unknownEndpoint);
  if (!endpoint.isActive) return err(outOfUse);
  const payload = { environment: scope.environment, mchNo: endpoint.mchNo, sentBy: scope.viewer.name };
  const claimed = await insertClaimedEvent(
    sqlClient(),
    { merchantId: endpoint.merchantId, endpointId },
    { type: testEventType, payload },
  );
  await note(scope, { action: "event.tested", subject: `event-endpoint:${endpointId}`, address });
  await deliverEvent(claimed, scope.viewer.personId);
  return ok(claimed.deliveryId);
}

/** Sends a delivery again at once, under its same id, and from its first attempt on when that fails. */
export async function sendAgain(
  scope: Scope,
  { deliveryId }: { deliveryId: EventDeliveryId },
  address: string | null,
): Promise<Result<EventDeliveryId, Problem>> {
  const refusal = refusalFor(scope, "events:write");
  if (refusal) return err(refusal);
  const claimed = await claimAgain(sqlClient(), merchantIdsOf(scope), deliveryId);
  if (claimed === null) return err(cannotBeSent);
  await note(scope, { action: "event.sent-again", subject: `event-delivery:${deliveryId}`, address });
  await deliverEvent(claimed, scope.viewer.personId);
  return ok(deliveryId);
}

const outOfUse = problem("endpoint-out-of-use", "This endpoint is out of use. Take it into use first.");
const cannotBeSent = problem("cannot-be-sent", "Its endpoint is out of use. Take the endpoint into use first.");

async function note(scope: Scope, entry: { action: string; subject: string; address: string | null }): Promise<void> {
  await inTransaction((tx) =>
    recordAudit(tx, {
      ...entry,
      actor: { kind: "person", personId: scope.viewer.personId },
      environment: scope.environment,
      details: {},
    }),
  );
}
