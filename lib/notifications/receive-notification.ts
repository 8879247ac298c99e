import { type OpenCredential, openCredential, openCredentialNow } from "@/lib/credentials/open-credential";
import { answerToSelfTest } from "@/lib/doctor/self-test";
import { NotificationId, newId } from "@/lib/domain/ids";
import { NotificationKind } from "@/lib/domain/verdict";
import { log } from "@/lib/log/log";
import { applyMessage } from "./apply-message";
import { type Message, type ReadMessage, readMessage } from "./read-message";
import { replyTo } from "./reply";

/** A message as it came in, before anything in it is believed. */
export type IncomingNotification = {
  credentialId: string;
  kind: string;
  /** The query string of the address it was sent to, without `?`. */
  query: string;
  contentType: string | null;
  headers: [name: string, value: string][];
  sourceAddress: string | null;
  body: Uint8Array;
};

/** `reply` is the exact body. It is `success` only when the message is stored and believed. */
export type NotificationReply = { status: 200 | 400 | 404 | 503; reply: string };

/**
 * Takes one notification: splits it into fields, verifies it with the credential it came to, keeps it as it came, and
 * lets it move its order through `applyObservation`, all in one statement. The answer waits for the commit.
 *
 * A repeated message changes nothing and is still answered `success`. A message that is ambiguous, badly signed or
 * about other content is kept, not believed, and makes us ask the gateway.
 *
 * Source: gateway-protocol 6.2 to 6.6.
 */
export async function receiveNotification(incoming: IncomingNotification): Promise<NotificationReply> {
  const beganAt = performance.now();
  const kind = NotificationKind.safeParse(incoming.kind);
  if (!kind.success) return { status: 404, reply: "unknown address" };
  try {
    const credential = await openCredential(incoming.credentialId);
    if (!credential) return { status: 404, reply: "unknown address" };
    const selfTest = answerToSelfTest({ ...incoming, kind: kind.data }, new Date());
    if (selfTest !== null) return { status: 200, reply: selfTest };
    const message = { ...incoming, id: newId(NotificationId), kind: kind.data };
    const elapsedUs = () => Math.round((performance.now() - beganAt) * 1000);
    const { read, by } = await readWithKeysOfNow(message, credential, elapsedUs);
    const { verdict } = await applyMessage(read, by, { isAgain: false });
    return replyTo(verdict ?? "refused");
  } catch (error) {
    log.error({ error, credentialId: incoming.credentialId, kind: kind.data }, "a notification could not be stored");
    return { status: 503, reply: "try again" };
  }
}

/** Forgeries must cost little, and no person adds a key and has the gateway use it within this. */
const newestKeysMs = 100;

/**
 * Another process may have added or retired a key since this one read the credential. So a message that no key signed is
 * held against the keys of now before it is refused, and one that another key than the current one signed before it is
 * believed.
 */
async function readWithKeysOfNow(
  message: Message,
  credential: OpenCredential,
  elapsedUs: () => number,
): Promise<{ read: ReadMessage; by: OpenCredential }> {
  const read = await readMessage(message, credential, elapsedUs);
  const { authenticity, secretVersion } = read.inbox;
  const isUnsigned = authenticity === "bad-signature" || authenticity === "wrong-environment";
  if (!isUnsigned && (secretVersion === null || secretVersion === credential.current.version)) {
    return { read, by: credential };
  }
  const now = isUnsigned
    ? await openCredential(credential.id, Date.now(), newestKeysMs)
    : await openCredentialNow(credential.id);
  if (now === null || versionsOf(now) === versionsOf(credential)) return { read, by: credential };
  return { read: await readMessage(message, now, elapsedUs), by: now };
}

function versionsOf({ verifying }: OpenCredential): string {
  return verifying.map(({ version }) => version).join(" ");
}
