import { inSqlTransaction } from "@/db/client";
import type { StoredMessage } from "@/db/commands/messages-again";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { type AppliedMessage, applyMessage, applyMessageWith } from "./apply-message";
import { type ReadMessage, readMessage } from "./read-message";

/** What a message was taken for, what it is taken for now, and what that moved. */
export type Rejudged = { from: string; to: string; moved: { from: string; to: string } | null };

/**
 * Judges a stored message with today's keys, orders and rules, and lets it move its order through the same door as a
 * fresh one. Doing it twice, or while the message comes again, changes nothing more.
 */
export async function judgeAgain(message: StoredMessage): Promise<Rejudged> {
  const { read, credential } = await readAgain(message);
  return changeOf(message, await applyMessage(read, credential, { isAgain: true }));
}

/** What `judgeAgain` would do: the very same statement, in a transaction that is taken back. */
export async function rehearse(message: StoredMessage): Promise<Rejudged> {
  const { read, credential } = await readAgain(message);
  let applied: AppliedMessage | null = null;
  try {
    await inSqlTransaction(async (sql) => {
      applied = await applyMessageWith(sql, read, credential, { isAgain: true });
      throw takenBack;
    }, "notifications");
  } catch (error) {
    if (error !== takenBack) throw error;
  }
  return changeOf(message, applied ?? { verdict: null, moved: null });
}

const takenBack = new Error("A rehearsal ends without a trace.");

async function readAgain(message: StoredMessage): Promise<{ read: ReadMessage; credential: OpenCredential }> {
  const credential = await openCredential(message.credentialId);
  if (!credential) throw new Error(`The credential of message ${message.id} cannot be opened.`);
  return { read: await readMessage(message, credential, () => 0), credential };
}

function changeOf(message: StoredMessage, { verdict, moved }: AppliedMessage): Rejudged {
  return { from: message.verdict, to: verdict ?? message.verdict, moved };
}
