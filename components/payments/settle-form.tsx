"use client";

import { useActionState } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Props = {
  action: Action<{ news: string }>;
  environment: Environment;
  subject: { name: "paymentId" | "refundId"; value: string };
  attention: string;
};

/** Says that a person has looked at what is loud about a payment or a refund, and what they found. */
export function SettleForm({ action, environment, subject, attention }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="mt-2 flex flex-wrap items-end gap-2 text-ink">
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name={subject.name} value={subject.value} />
      <input type="hidden" name="attention" value={attention} />
      <div className="min-w-0 flex-[1_1_240px]">
        <TextField
          name="note"
          id="looked-at"
          label="What you found"
          aside="stays in the timeline"
          maxLength={200}
          autoComplete="off"
          defaultValue={entered(state, "note") ?? ""}
          error={errorsOf(state, "note")}
        />
      </div>
      <SubmitButton variant="secondary" pendingLabel="Noting">
        I have looked at it
      </SubmitButton>
      {state.status === "refused" ? (
        <p role="alert" className="flex-[1_0_100%] text-12 text-failed">
          {state.reason}
        </p>
      ) : null}
    </form>
  );
}
