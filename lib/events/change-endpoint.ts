import { inTransaction, type Tx } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import {
  type EndpointKey,
  giveUpDeliveries,
  insertEventSecret,
  makeRoomForEventSecret,
  retirePreviousEventSecret,
  updateEndpoint,
} from "@/db/commands/event-endpoints";
import { marksOf } from "@/lib/credentials/secret-marks";
import type { EventEndpointId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { type NewKey, sealedKey } from "./add-endpoint";
import type { EndpointChange } from "./endpoint-input";
import { newEventSecret } from "./sign-event";

/** Gives an endpoint another label or other types. What is on its way stays on its way. */
export async function changeEndpoint(
  scope: Scope,
  { endpointId, label, eventTypes }: EndpointChange,
  address: string | null,
): Promise<Result<EventEndpointId, Problem>> {
  return change(scope, endpointId, address, {
    changes: { label, eventTypes },
    run: async () => ok({ value: endpointId, action: "changed", details: { label, types: eventTypes.join(",") } }),
  });
}

/**
 * Takes an endpoint out of use, with everything that still waits for it, or back into use. What happened in between is
 * not made up for: no event was written.
 */
export async function setEndpointActive(
  scope: Scope,
  { endpointId, isActive }: { endpointId: EventEndpointId; isActive: boolean },
  address: string | null,
): Promise<Result<EventEndpointId, Problem>> {
  return change(scope, endpointId, address, {
    changes: { isActive, stoppedBecause: null },
    run: async (tx, key) => {
      if (!isActive) await giveUpDeliveries(tx, key);
      return ok({ value: endpointId, action: isActive ? "activated" : "deactivated", details: {} });
    },
  });
}

/** Signs with a new key from now on, and beside it with the one before, until that is ended. */
export async function replaceEndpointKey(
  scope: Scope,
  { endpointId }: { endpointId: EventEndpointId },
  address: string | null,
): Promise<Result<NewKey, Problem>> {
  return change(scope, endpointId, address, {
    changes: {},
    run: async (tx, key) => {
      const version = await makeRoomForEventSecret(tx, key);
      if (version === null) return err(unknownEndpoint);
      const secret = newEventSecret();
      await insertEventSecret(tx, { ...key, version }, sealedKey(secret, { ...key, version }));
      return ok({
        value: { endpointId, version, key: secret.reveal() },
        action: "key-replaced",
        details: { version, fingerprint: marksOf(secret).fingerprint },
      });
    },
  });
}

/** Ends the overlap: events are signed with the newest key alone. */
export async function endKeyOverlap(
  scope: Scope,
  { endpointId }: { endpointId: EventEndpointId },
  address: string | null,
): Promise<Result<number, Problem>> {
  return change(scope, endpointId, address, {
    changes: {},
    run: async (tx, key) => {
      const version = await retirePreviousEventSecret(tx, key);
      if (version === null) return err(problem("no-overlap", "Only the newest key is in use."));
      return ok({ value: version, action: "key-retired", details: { version } });
    },
  });
}

type Done<T> = { value: T; action: string; details: Record<string, string | number> };

type Change<T> = {
  changes: Parameters<typeof updateEndpoint>[2];
  run: (tx: Tx, key: EndpointKey) => Promise<Result<Done<T>, Problem>>;
};

async function change<T>(
  scope: Scope,
  endpointId: EventEndpointId,
  address: string | null,
  { changes, run }: Change<T>,
): Promise<Result<T, Problem>> {
  const refusal = refusalFor(scope, "events:write");
  if (refusal) return err(refusal);
  return inTransaction(async (tx) => {
    const key = await updateEndpoint(tx, { merchantIds: merchantIdsOf(scope), endpointId }, changes);
    if (key === null) return err(unknownEndpoint);
    const done = await run(tx, key);
    if (!done.ok) return done;
    await recordAudit(tx, {
      actor: { kind: "person", personId: scope.viewer.personId },
      action: `event-endpoint.${done.value.action}`,
      environment: scope.environment,
      subject: `event-endpoint:${endpointId}`,
      details: done.value.details,
      address,
    });
    return ok(done.value.value);
  });
}

export const unknownEndpoint = problem("unknown-endpoint", "This environment has no such endpoint.");
