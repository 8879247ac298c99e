"use client";

import { RefreshCw } from "lucide-react";
import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Props = {
  action: Action<{ news: string }>;
  environment: Environment;
  /** Which field of the form names what is asked about, and its value. */
  subject: { name: "paymentId" | "refundId"; value: string };
  label?: string;
};

/** "Ask the gateway now": sends one question and says what came of it, next to the button. */
export function AskForm({ action, environment, subject, label = "Ask" }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} data-ask className="grid justify-items-end gap-1">
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name={subject.name} value={subject.value} />
      <SubmitButton variant="secondary" icon={<RefreshCw />} pendingLabel="Asking">
        {label}
      </SubmitButton>
      <p role="status" className="text-12 text-ink-2">
        {state.status === "done" ? state.value.news : null}
        {state.status === "refused" ? <span className="text-failed">{state.reason}</span> : null}
      </p>
    </form>
  );
}
