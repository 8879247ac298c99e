import { sqlClient } from "@/db/client";
import { type AttemptRow, type ClaimedDelivery, recordAttempt, stopEndpoint } from "@/db/commands/event-deliveries";
import { type EventSending, findEventSending } from "@/db/queries/event-sending";
import { open } from "@/lib/credentials/seal";
import { pauseAfterAttempts, pauseAsAsked, testEventType } from "@/lib/domain/events";
import { EventAttemptId, newId } from "@/lib/domain/ids";
import { eventBody } from "./event-body";
import { postEvent } from "./post-event";
import { signEvent } from "./sign-event";

/**
 * Sends a claimed delivery once and keeps what came of it, with the next attempt when one is to follow. A test by a person
 * is not repeated: the person is looking.
 *
 * @param actor  who has it sent: a person's id, or `worker`
 */
export async function deliverEvent(claimed: ClaimedDelivery, actor: string): Promise<void> {
  const sending = await findEventSending(claimed);
  // Whatever took the endpoint out of use has given up what waited for it.
  if (sending === null || !sending.isActive) return;
  const { retryAfterMs, ...attempt } = await attemptOnce(sending, actor);
  const isLast = attempt.outcome === "gone" || sending.event.type === testEventType;
  const planned = isLast ? null : pauseAfterAttempts(sending.attempts + 1, Math.random());
  const pauseMs = pauseAsAsked(planned, retryAfterMs);
  await recordAttempt(sqlClient(), claimed, attempt, pauseMs);
  if (attempt.outcome === "gone") await stopEndpoint(sqlClient(), sending);
}

async function attemptOnce(
  sending: EventSending,
  actor: string,
): Promise<AttemptRow & { retryAfterMs: number | null }> {
  const { merchantId, endpointId, event } = sending;
  const startedAt = new Date();
  const secrets = sending.secrets.map(({ version, ...box }) => open(box, { merchantId, endpointId, version }));
  if (secrets.length === 0) throw new Error(`event endpoint ${endpointId} has no key`);
  const body = eventBody(event);
  const headers = signEvent({ id: event.id, at: startedAt, body }, secrets);
  const url = new URL(sending.url);
  const posted = await postEvent({ url, environment: sending.environment, headers, body });
  return {
    ...posted,
    id: newId(EventAttemptId),
    actor,
    url: sending.url,
    timestamp: Number(headers["webhook-timestamp"]),
    signature: headers["webhook-signature"],
    durationMs: Date.now() - startedAt.getTime(),
    startedAt,
  };
}
