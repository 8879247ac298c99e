import { inSqlTransaction } from "@/db/client";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { applyMessageWith } from "@/lib/notifications/apply-message";
import { type Message, readMessage } from "@/lib/notifications/read-message";

export type Rehearsal = {
  verdict: string;
  authenticity: string;
  keyVersion: number | null;
  ownNames: readonly string[];
  orderNo: string | null;
};

/**
 * What would become of a message if it came now: it goes through the very statement that notifications go through, in a
 * transaction that is taken back, so nothing of it stays and nobody hears of it.
 */
export async function rehearseMessage(message: Message, credential: OpenCredential): Promise<Rehearsal> {
  // What somebody pasted came from nowhere, so the list of source addresses has nothing to say about it.
  const fromAnywhere = { ...credential, sources: { mode: "learn", addresses: [] } as const };
  const read = await readMessage(message, fromAnywhere, () => 0);
  const { inbox } = read;
  try {
    await inSqlTransaction(async (sql) => {
      const { verdict } = await applyMessageWith(sql, read, credential, { isAgain: false });
      throw new TakenBack(verdict);
    });
  } catch (thrown) {
    if (!(thrown instanceof TakenBack)) throw thrown;
    const { secretVersion: keyVersion, ownNames, orderNo, authenticity } = inbox;
    return { verdict: thrown.verdict ?? authenticity, authenticity, keyVersion, ownNames, orderNo };
  }
  throw new Error("a rehearsal was not taken back");
}

/** Ends the transaction without a trace. */
class TakenBack extends Error {
  constructor(readonly verdict: string | null) {
    super("taken back");
  }
}
