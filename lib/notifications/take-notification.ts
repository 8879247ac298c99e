import { notificationsAtOnce } from "@/db/client";
import { log } from "@/lib/log/log";
import { type Gate, openGate } from "./gate";
import { keepRefused } from "./keep-refused";
import { type IncomingNotification, type NotificationReply, receiveNotification } from "./receive-notification";

/** What every door of this process takes no more of, and waits no longer for. */
export const bodyLimitBytes = 65_536;
// The gateway itself gives up after 20 seconds and sends again.
export const bodyPatienceMs = 10_000;

/** Why a door did not come to the end of a body. `busy`: there was no room for one of its size. */
export type UnreadBody = "too-large" | "too-slow" | "interrupted" | "busy";

/** `isLast`: nothing that comes after it on the same connection can be understood. */
export type DoorReply = { status: number; reply: string; isLast?: true };

/**
 * What every door does with a message that it read to its end: in front of the framework or as one of its routes. A
 * message that cannot be stored soon is refused soon, because the gateway sends it again and a late success helps nobody.
 */
export async function takeNotification(incoming: IncomingNotification): Promise<NotificationReply> {
  const taken = await gate().pass(() => receiveNotification(incoming));
  if (taken !== "busy" && taken !== "late") return taken;
  noteRefusal(taken);
  return tryAgain;
}

/** Whether the next message would be refused whatever is in it. */
export function isTooBusy(): boolean {
  const isFull = gate().isFull();
  if (isFull) noteRefusal("busy");
  return isFull;
}

export const tryAgain: NotificationReply = { status: 503, reply: "try again" };

/** Notes a message that a door did not come to the end of, unless there is more to do than that, and says so. */
export function refuseUnread(message: Omit<IncomingNotification, "body">, why: UnreadBody): DoorReply {
  if (why === "busy") {
    noteRefusal("busy");
    return replyToUnread(why);
  }
  // Nobody waits for the note, so a failure of it is the log's alone; and a thousand of them must keep no message waiting.
  if (gate().isFree()) void gate().pass(() => keepRefused({ ...message, why }, new Date()));
  return replyToUnread(why);
}

export function replyToUnread(why: UnreadBody): DoorReply {
  if (why === "too-large") return { status: 413, reply: "too large", isLast: true };
  if (why === "busy") return { ...tryAgain, isLast: true };
  if (why === "too-slow") return { status: 408, reply: "too slow", isLast: true };
  return { status: 400, reply: "broken off", isLast: true };
}

/** The headers that the sender sent, with names in small letters: without what our own server added on the way here. */
export function headersOfSender(
  headers: Iterable<[name: string, value: string]>,
  { trustedProxyHops, ownHeader }: { trustedProxyHops: number; ownHeader: string },
): [string, string][] {
  return [...headers].filter(
    ([name]) => name !== ownHeader && (trustedProxyHops > 0 || !name.startsWith("x-forwarded-")),
  );
}

const refusals = { busy: 0, late: 0 };

/** One line a second: under a flood the log must not become the next flood. */
function noteRefusal(why: keyof typeof refusals): void {
  const isFirst = refusals.busy + refusals.late === 0;
  refusals[why] += 1;
  if (!isFirst) return;
  setTimeout(() => {
    log.error({ ...refusals }, "notifications were refused, because more came than can be taken");
    Object.assign(refusals, { busy: 0, late: 0 });
  }, 1_000).unref();
}

/** Three seconds are promised, and half of one is left for the way here and back when everything is busy. */
const patienceMs = 2_500;
/** Under a lasting flood somebody always waits, and a long wait would only make every refusal slow. */
const waitingMs = 700;

/** The framework may load this file more than once in a process; the database behind the gate is one. */
const shelf = globalThis as { [key: symbol]: Gate | undefined };
const shelfKey = Symbol.for("countersign.notifications-gate");

function gate(): Gate {
  shelf[shelfKey] ??= openGate({ atOnce: notificationsAtOnce, mostWaiting: 256, waitingMs, patienceMs });
  return shelf[shelfKey];
}
