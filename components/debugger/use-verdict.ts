"use client";

import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import type { Action } from "@/lib/actions/action-state";
import { diagnoseGradually } from "@/lib/debugger/diagnose-gradually";
import type { Environment } from "@/lib/domain/environment";
import type { StoredAnswer } from "@/lib/signature-cases/search-stored";
import type { Verdict } from "./verdict-of-search";

/** A message and its signature, as they are searched. */
export type Question = {
  text: string;
  receivedSign: string;
  endpoint: Parameters<typeof diagnoseGradually>[0]["endpoint"] | null;
};

export type Search =
  | { status: "idle" }
  | { status: "searching"; question: Question }
  | { status: "done"; question: Question; verdict: Verdict }
  | { status: "refused"; question: Question; reason: string };

/** Searches for the mistake, here or on the server. A new search, and `stop`, end the one before. */
export function useVerdict(environment: Environment, searchStored: Action<StoredAnswer>) {
  const [search, setSearch] = useState<Search>({ status: "idle" });
  const running = useRef<AbortController | null>(null);

  const begin = useCallback((question: Question): AbortSignal => {
    running.current?.abort();
    running.current = new AbortController();
    setSearch({ status: "searching", question });
    return running.current.signal;
  }, []);

  const stop = useCallback(() => {
    running.current?.abort();
    setSearch({ status: "idle" });
  }, []);

  const searchTyped = useCallback(
    async (question: Question, secret: string) => {
      const signal = begin(question);
      const startedAt = performance.now();
      try {
        const { endpoint, ...message } = question;
        const diagnosis = await diagnoseGradually({ ...message, secret, ...(endpoint ? { endpoint } : {}) }, signal);
        if (signal.aborted) return;
        const verdict = { diagnosis, receivedSign: question.receivedSign, tookMs: performance.now() - startedAt };
        setSearch({ status: "done", question, verdict: { ...verdict, stored: null } });
      } catch {
        // What went wrong may hold what was typed, so it is not repeated.
        if (!signal.aborted) setSearch({ status: "refused", question, reason: "This message cannot be searched." });
      }
    },
    [begin],
  );

  const searchWithStored = useCallback(
    (question: Question, credentialId: string) => {
      const signal = begin(question);
      const startedAt = performance.now();
      const form = new FormData();
      form.set("environment", environment);
      form.set("text", question.text);
      form.set("receivedSign", question.receivedSign);
      form.set("endpoint", question.endpoint ?? "");
      form.set("credentialId", credentialId);
      startTransition(async () => {
        const state = await searchStored({ status: "idle" }, form).catch(() => null);
        if (signal.aborted) return;
        if (state?.status === "done") {
          const { diagnosis, ...stored } = state.value;
          const tookMs = performance.now() - startedAt;
          setSearch({
            status: "done",
            question,
            verdict: { diagnosis, receivedSign: question.receivedSign, tookMs, stored },
          });
          return;
        }
        setSearch({ status: "refused", question, reason: reasonIn(state) });
      });
    },
    [begin, environment, searchStored],
  );

  useEffect(() => () => running.current?.abort(), []);

  return { search, searchTyped, searchWithStored, stop };
}

function reasonIn(state: Awaited<ReturnType<Action<StoredAnswer>>> | null): string {
  if (state?.status === "refused") return state.reason;
  if (state?.status === "invalid") return Object.values(state.fields).flat().join(" ");
  return "The console did not answer. Try again in a moment.";
}
