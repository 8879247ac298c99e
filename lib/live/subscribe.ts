import { type Change, changesChannel } from "@/db/announce";
import { sqlClient } from "@/db/client";

type Listener = (change: Change) => void;

type Live = { listeners: Set<Listener>; isListening: boolean };

/** The framework may load this file more than once in a process; one LISTEN connection serves all copies. */
const shelf = globalThis as { [key: symbol]: Live | undefined };
const shelfKey = Symbol.for("countersign.live");

/**
 * Calls `listener` after every change that any process committed, until the returned function is called.
 * After the database connection was lost and found again, listeners hear nothing of what they missed: pages refresh
 * themselves slowly for that.
 */
export function subscribeToChanges(listener: Listener): () => void {
  shelf[shelfKey] ??= { listeners: new Set(), isListening: false };
  const live = shelf[shelfKey];
  live.listeners.add(listener);
  if (!live.isListening) {
    live.isListening = true;
    sqlClient()
      .listen(changesChannel, (payload) => {
        for (const change of JSON.parse(payload) as Change[]) for (const each of live.listeners) each(change);
      })
      .catch(() => {
        live.isListening = false;
      });
  }
  return () => void live.listeners.delete(listener);
}
