/**
 * The body of an event, the same to the byte at every attempt: `type`, when it happened, and what.
 *
 * Source: Standard Webhooks specification 1.0.0, "Payload structure".
 */
export function eventBody({
  type,
  createdAt,
  payload,
}: {
  type: string;
  createdAt: Date;
  payload: Record<string, unknown>;
}): string {
  return JSON.stringify({ type, timestamp: createdAt.toISOString(), data: payload });
}
