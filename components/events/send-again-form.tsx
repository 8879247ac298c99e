"use client";

import { RotateCw } from "lucide-react";
import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Props = { action: Action; environment: Environment; deliveryId: string; isActive: boolean };

/** Sends the same event once more, now. What came back stands in the list of attempts. */
export function SendAgainForm({ action, environment, deliveryId, isActive }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-3">
      {state.status === "refused" ? (
        <Notice tone="failed" title="It was not sent." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      {state.status === "done" ? (
        <Notice tone="closed" title="Sent. The newest attempt below says what came back." live="status" />
      ) : null}
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="deliveryId" value={deliveryId} />
      <div>
        <SubmitButton
          variant="secondary"
          icon={<RotateCw />}
          pendingLabel="Waiting for the answer"
          disabledReason={isActive ? null : "Its endpoint is out of use."}
        >
          Send again
        </SubmitButton>
      </div>
    </form>
  );
}
