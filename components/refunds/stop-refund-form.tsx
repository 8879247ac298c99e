"use client";

import { Hand } from "lucide-react";
import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Props = { action: Action<{ news: string }>; environment: Environment; refundId: string; sum: string };

/** Takes a refund back before it is sent, and says when it was too late. */
export function StopRefundForm({ action, environment, refundId, sum }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-1">
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="refundId" value={refundId} />
      <SubmitButton variant="danger" icon={<Hand />} pendingLabel="Stopping" aria-label={`Stop the refund of ${sum}`}>
        Stop it
      </SubmitButton>
      <p role="status" className="text-12 text-ink-2 empty:hidden">
        {state.status === "done" ? state.value.news : null}
        {state.status === "refused" ? <span className="text-failed">{state.reason}</span> : null}
      </p>
    </form>
  );
}
