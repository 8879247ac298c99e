import type { Gateway } from "./gateway";
import { postForm } from "./http-post";
import type { Attempt, Notification } from "./records";

/** After the first to fifth attempt; there is no seventh. Source: gateway-protocol 6.6. */
const delaysMs = [30_000, 60_000, 90_000, 120_000, 150_000];
const parallelResends = 10;

/** Makes the next attempt of the schedule; a second call while it is on its way waits for the same one. */
export function startDelivery(gateway: Gateway, id: string): Promise<void> {
  const running = gateway.deliveries.get(id);
  if (running) return running;
  const delivery = deliver(gateway, id).finally(() => {
    gateway.deliveries.delete(id);
    const next = gateway.state.openNotifications.get(id)?.nextAttemptAt;
    if (next !== null && next !== undefined) gateway.wakeAt(next);
  });
  gateway.deliveries.set(id, delivery);
  return delivery;
}

/** Sends the stored bytes again, outside of the schedule; resolves when all replies are in. */
export async function resend(gateway: Gateway, id: string, times: number): Promise<Attempt[]> {
  const notification = gateway.state.notifications.get(id);
  if (!notification) return [];
  const attempts: Attempt[] = [];
  while (attempts.length < times) {
    const batch = Array.from({ length: Math.min(parallelResends, times - attempts.length) }, () =>
      sendNow(gateway, notification),
    );
    attempts.push(...(await Promise.all(batch)));
  }
  record(gateway, id, attempts);
  return attempts;
}

export async function sendNow(
  gateway: Gateway,
  message: Pick<Notification, "target" | "body">,
  isManual = true,
): Promise<Attempt> {
  const at = gateway.now();
  const startedAt = performance.now();
  const answer = await postForm(message.target, message.body, gateway.stopping);
  const durationMs = Math.round(performance.now() - startedAt);
  // The whole body, untrimmed; the status counts for nothing.
  return { at, isManual, ...answer, durationMs, isDelivered: answer.reply?.toLowerCase() === "success" };
}

/** Lets go of messages that the reorder switch held back. */
export function releaseHeld(gateway: Gateway, isReleased: (held: Notification) => boolean): void {
  for (const notification of [...gateway.state.openNotifications.values()]) {
    if (notification.state !== "held" || !isReleased(notification)) continue;
    gateway.state.keep("notification", { ...notification, state: "pending", nextAttemptAt: gateway.now() });
    void startDelivery(gateway, notification.id);
  }
}

export function isOfSamePayment(
  one: Pick<Notification, "mchNo" | "mchOrderNo">,
  other: Pick<Notification, "mchNo" | "mchOrderNo">,
): boolean {
  return one.mchNo === other.mchNo && one.mchOrderNo === other.mchOrderNo;
}

async function deliver(gateway: Gateway, id: string): Promise<void> {
  // The record must be on disk before the merchant hears of it: a message nobody remembers cannot be repeated.
  await gateway.state.durable();
  const notification = gateway.state.openNotifications.get(id);
  if (!notification) return;
  const copies = notification.tries === 0 ? notification.copies : 1;
  const sent = Array.from({ length: copies }, () => sendNow(gateway, notification, false));
  const attempts = await Promise.all(sent);
  // An attempt that we cut ourselves does not count.
  if (gateway.stopping.aborted) return;
  record(gateway, id, attempts);
  releaseHeld(gateway, (held) => isOfSamePayment(held, notification));
}

function record(gateway: Gateway, id: string, attempts: Attempt[]): void {
  // Gone after a reset of the sandbox.
  const notification = gateway.state.notifications.get(id);
  if (!notification) return;
  const isScheduled = attempts.some((attempt) => !attempt.isManual);
  const tries = notification.tries + (isScheduled ? 1 : 0);
  const all = [...notification.attempts, ...attempts];
  gateway.state.keep("notification", {
    ...notification,
    ...outcome(gateway, notification, { attempts, tries }),
    tries,
    attempts: all,
  });
}

function outcome(
  gateway: Gateway,
  { state, nextAttemptAt, tries: triesBefore }: Notification,
  { attempts, tries }: { attempts: Attempt[]; tries: number },
): Pick<Notification, "state" | "nextAttemptAt"> {
  if (state === "delivered" || attempts.some(({ isDelivered }) => isDelivered)) {
    return { state: "delivered", nextAttemptAt: null };
  }
  if (tries === triesBefore) return { state, nextAttemptAt };
  const delayMs = delaysMs[tries - 1];
  if (delayMs === undefined) return { state: "given-up", nextAttemptAt: null };
  return { state: "pending", nextAttemptAt: gateway.now() + delayMs / gateway.state.knobs.timeLapse };
}
