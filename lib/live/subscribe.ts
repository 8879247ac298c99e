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
  if (!live.isListening) listen(live);
  return () => void live.listeners.delete(listener);
}

const retryMs = 2_000;

/** Once it listens, the driver finds a lost connection again by itself; only the first attempt is ours to repeat. */
function listen(live: Live): void {
  live.isListening = true;
  const hear = (payload: string) => {
    for (const change of JSON.parse(payload) as Change[]) for (const each of live.listeners) each.hear(change);
  };
  const begin = () => {
    for (const each of live.listeners) each.mayHaveMissed();
  };
  sqlClient()
    .listen(changesChannel, hear, begin)
    .catch(() => {
      live.isListening = false;
      setTimeout(() => {
        if (!live.isListening && live.listeners.size > 0) listen(live);
      }, retryMs).unref();
    });
}
