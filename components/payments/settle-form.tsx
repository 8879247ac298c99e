"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Props = { action: Action<{ news: string }>; environment: Environment; paymentId: string; attention: string };

/** Says that a person has looked at what is loud about a payment. */
export function SettleForm({ action, environment, paymentId, attention }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid justify-items-end gap-1">
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="paymentId" value={paymentId} />
      <input type="hidden" name="attention" value={attention} />
      <SubmitButton variant="secondary" pendingLabel="Noting">
        I have looked at it
      </SubmitButton>
      <p role="status" className="text-12 text-failed">
        {state.status === "refused" ? state.reason : null}
      </p>
    </form>
  );
}
