"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/**
 * A text that depends on the present moment, kept fresh by one clock for the whole page.
 * It is drawn again only when the text changes. Give its element `suppressHydrationWarning`:
 * the server's moment and the browser's are never the same.
 */
export function useNowText(textAt: (now: Date) => string): string {
  return useSyncExternalStore(
    subscribe,
    () => textAt(new Date(now)),
    () => textAt(new Date()),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}
