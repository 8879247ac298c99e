"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import { type AlertLimits, type AlertRule, alertTitles } from "@/lib/domain/alerts";
import type { Environment } from "@/lib/domain/environment";
import { limitsSentence } from "./limits-sentence";

type Props = { action: Action<{ news: string }>; environment: Environment; rule: AlertRule; limits: AlertLimits };

/** When one rule opens an alert. */
export function AlertLimitsForm({ action, environment, rule, limits }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const leastLabel = leastLabels[rule];
  const stored = { least: String(limits.least), minutes: String(limits.minutes) };
  const field = (name: "least" | "minutes", label: string) => (
    <TextField
      key={`${name} ${stored[name]}`}
      id={`${rule}-${name}`}
      name={name}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      defaultValue={entered(state, name) ?? stored[name]}
      error={errorsOf(state, name)}
    />
  );
  return (
    <form
      ref={form}
      action={submit}
      aria-label={`Limits: ${alertTitles[rule]}`}
      className="grid gap-3 border-b border-line py-4 first:pt-0"
    >
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="rule" value={rule} />
      <div>
        <p className="font-medium">{alertTitles[rule]}</p>
        <p className="text-13 text-ink-2">{limitsSentence(rule, limits)}</p>
      </div>
      {state.status === "refused" ? <Notice tone="failed" title={state.reason} live="alert" /> : null}
      {state.status === "done" ? <Notice tone="paid" title={state.value.news} live="status" /> : null}
      {leastLabel === null ? <input type="hidden" name="least" value={limits.least} /> : null}
      <div className="grid items-end gap-3 desk:grid-cols-[repeat(3,minmax(0,1fr))_auto]">
        <Select
          key={`isActive ${limits.isActive}`}
          id={`${rule}-is-active`}
          name="isActive"
          label="This alert"
          options={[
            { value: "on", label: "On" },
            { value: "off", label: "Off" },
          ]}
          defaultValue={entered(state, "isActive") ?? (limits.isActive ? "on" : "off")}
          error={errorsOf(state, "isActive")}
        />
        {leastLabel === null ? <span className="max-desk:hidden" /> : field("least", leastLabel)}
        {field("minutes", "Minutes")}
        <SubmitButton variant="secondary" pendingLabel="Saving" className="desk:min-h-9">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}

const leastLabels: Record<AlertRule, string | null> = {
  silence: "Paid orders",
  "bad-signatures": "Messages",
  "unclear-refunds": null,
  "gateway-errors": "Percent of the calls",
  "key-switched": null,
};
