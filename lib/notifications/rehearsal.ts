import { sqlClient } from "@/db/client";
import {
  countUnsettledMessages,
  readMessages,
  readUnsettledMessages,
  type StoredMessage,
} from "@/db/commands/messages-again";
import type { NotificationId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import { type Rejudged, rehearse } from "./judge-again";

/** So many equal changes: `from` one verdict or state `to` another. */
export type Change = { from: string; to: string; count: number };

export type Rehearsal = {
  /** How many messages had no effect so far; no further than `mostCounted`. */
  found: number;
  isCapped: boolean;
  /** How many of them were judged for this; the first ones. */
  looked: number;
  /** Verdicts that would change, the most frequent first. */
  verdicts: Change[];
  /** States that would move, such as `waiting` to `paid`. */
  states: Change[];
  /** Messages that cannot be judged, because something is broken. */
  failed: number;
};

export const mostCounted = 10_000;
/** What can be judged while somebody waits for the page. */
export const mostRehearsed = 400;
const atOnce = 4;

/** What judging everything again that came since a time would change. Nothing is kept of it. */
export async function rehearseSince(scope: Scope, since: Date): Promise<Rehearsal> {
  const merchantIds = merchantIdsOf(scope);
  const sql = sqlClient();
  const found = await countUnsettledMessages(sql, { merchantIds, since, most: mostCounted + 1 });
  const messages: StoredMessage[] = [];
  for (const merchantId of merchantIds) {
    const limit = mostRehearsed - messages.length;
    if (limit <= 0) break;
    messages.push(...(await readUnsettledMessages(sql, { merchantId, since, until: endOfTime, after: null, limit })));
  }
  return { ...(await rehearseAll(messages)), found: Math.min(found, mostCounted), isCapped: found > mostCounted };
}

/** The same for chosen messages. */
export async function rehearseChosen(scope: Scope, ids: readonly NotificationId[]): Promise<Rehearsal> {
  const messages = await readMessages(sqlClient(), { merchantIds: merchantIdsOf(scope), ids });
  return { ...(await rehearseAll(messages)), found: messages.length, isCapped: false };
}

const endOfTime = new Date("9999-12-31T00:00:00Z");

async function rehearseAll(messages: readonly StoredMessage[]): Promise<Omit<Rehearsal, "found" | "isCapped">> {
  const judged: Rejudged[] = [];
  let failed = 0;
  const queue = [...messages];
  const lanes = Array.from({ length: atOnce }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        judged.push(await rehearse(next));
      } catch (error) {
        log.warn({ error, notificationId: next.id }, "a message could not be judged again");
        failed += 1;
      }
    }
  });
  await Promise.all(lanes);
  return { looked: messages.length, failed, ...changesOf(judged) };
}

/** Verdicts that changed and states that moved, each counted. */
export function changesOf(judged: readonly Rejudged[]): Pick<Rehearsal, "verdicts" | "states"> {
  return {
    verdicts: counted(judged.filter(({ from, to }) => from !== to)),
    states: counted(judged.flatMap(({ moved }) => moved ?? [])),
  };
}

function counted(changes: readonly { from: string; to: string }[]): Change[] {
  const counts = new Map<string, Change>();
  for (const { from, to } of changes) {
    const known = counts.get(`${from}>${to}`);
    if (known) known.count += 1;
    else counts.set(`${from}>${to}`, { from, to, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
