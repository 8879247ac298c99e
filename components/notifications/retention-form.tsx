"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { longestRetentionMonths } from "@/lib/domain/retention";

type Props = { action: Action<{ news: string }>; environment: Environment; months: number };

/** For how long the bytes of messages are kept. */
export function RetentionForm({ action, environment, months }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="grid gap-3">
      <input type="hidden" name="environment" value={environment} />
      {state.status === "refused" ? <Notice tone="failed" title={state.reason} live="alert" /> : null}
      {state.status === "done" ? <Notice tone="paid" title={state.value.news} live="status" /> : null}
      <p className="max-w-[64ch] text-13 leading-normal text-ink-2">
        When the period of a whole month is over, its bodies, headers and fields are dropped at once. What was made of a
        message, how often it came and what it changed stays for ever.
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-56">
          <TextField
            key={months}
            name="months"
            label="Months to keep them"
            aside={`1 to ${longestRetentionMonths}`}
            inputMode="numeric"
            autoComplete="off"
            defaultValue={entered(state, "months") ?? String(months)}
            error={errorsOf(state, "months")}
          />
        </div>
        <SubmitButton variant="secondary" pendingLabel="Saving" className="desk:min-h-9">
          Save the period
        </SubmitButton>
      </div>
    </form>
  );
}
