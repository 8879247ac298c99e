"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { SessionRow } from "@/db/queries/people";
import type { Action } from "@/lib/actions/action-state";
import { browserIn } from "./browser-words";

type Props = { action: Action; sessions: readonly SessionRow[] };

export function OwnSessions({ action, sessions }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <div className="grid gap-3">
      {state.status === "refused" ? (
        <Notice tone="failed" title="Nothing was ended." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      <ul>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 text-13"
          >
            <span className="min-w-[180px] font-medium">{browserIn(session.userAgent)}</span>
            <span className="mono text-12 text-ink-2">{session.address ?? "address not known"}</span>
            <span className="text-12 text-ink-3">
              used <Time at={session.lastSeenAt} />
            </span>
            <span className="ml-auto">
              {session.isThisOne ? (
                <span className="text-12 text-ink-3">this browser</span>
              ) : (
                <form action={submit}>
                  <input type="hidden" name="sessionId" value={session.id} />
                  <SubmitButton
                    variant="secondary"
                    size="sm"
                    pendingLabel="Ending"
                    aria-label={`Sign out ${browserIn(session.userAgent)}, ${session.address ?? "address not known"}`}
                  >
                    Sign out
                  </SubmitButton>
                </form>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
