import { type Change, changesChannel } from "@/db/announce";
import { sqlClient } from "@/db/client";

type Listener = (change: Change) => void;

type Ears = { hear: Listener; mayHaveMissed: () => void };

type Live = { listeners: Set<Ears>; isListening: boolean };

/** The framework may load this file more than once in a process; one LISTEN connection serves all copies. */
const shelf = globalThis as { [key: symbol]: Live | undefined };
const shelfKey = Symbol.for("countersign.live");

/**
 * Calls `hear` after every change that any process committed, until the returned function is called, and
 * `mayHaveMissed` whenever listening begins: for the first time, or again after the database connection was lost.
 */
export function subscribeToChanges(hear: Listener, mayHaveMissed: () => void = () => {}): () => void {
  const listener = { hear, mayHaveMissed };
  shelf[shelfKey] ??= { listeners: new Set(), isListening: false };
  const live = shelf[shelfKey];
  live.listeners.add(listener);
  if (!live.isListening) {
    live.isListening = true;
    sqlClient()
      .listen(
        changesChannel,
        (payload) => {
          for (const change of JSON.parse(payload) as Change[]) for (const each of live.listeners) each.hear(change);
        },
        () => {
          for (const each of live.listeners) each.mayHaveMissed();
        },
      )
      .catch(() => {
        live.isListening = false;
      });
  }
  return () => void live.listeners.delete(listener);
}
