"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const quietMs = 400;

/**
 * Hears only that something changed and asks the page again, so there is one way to read. Refreshing in place keeps
 * what is typed, what has the focus and where the page is scrolled to. A burst becomes one refresh at its start and
 * one at its end. After a lost connection, and when a hidden page is looked at again, it asks once.
 */
export function LiveRefresh({ topics }: { topics: readonly string[] }) {
  const router = useRouter();
  const topicList = topics.join(",");

  useEffect(() => {
    const refresh = throttled(() => router.refresh(), quietMs);
    let wasLost = false;
    const source = new EventSource(`/api/live?topics=${encodeURIComponent(topicList)}`);
    source.addEventListener("change", refresh.ask);
    source.addEventListener("error", () => {
      wasLost = true;
    });
    source.addEventListener("open", () => {
      if (wasLost) refresh.ask();
      wasLost = false;
    });
    const onVisible = () => {
      if (document.visibilityState === "visible") refresh.ask();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      source.close();
      refresh.stop();
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [router, topicList]);

  return null;
}

function throttled(act: () => void, pauseMs: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const ask = () => {
    if (timer !== undefined) {
      isAsked = true;
      return;
    }
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (!isAsked) return;
      isAsked = false;
      ask();
    }, pauseMs);
  };
  return { ask, stop: () => clearTimeout(timer) };
}
