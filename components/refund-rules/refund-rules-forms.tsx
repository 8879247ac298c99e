"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { amountForInput } from "@/lib/domain/money";
import { longestHoldSeconds, type RefundLimit } from "@/lib/domain/refund-rules";
import type { Role } from "@/lib/domain/roles";
import { limitSentence } from "./limit-sentence";

type News = Action<{ news: string }>;

type HoldProps = { action: News; environment: Environment; holdSeconds: number };

export function HoldForm({ action, environment, holdSeconds }: HoldProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="grid gap-3">
      <input type="hidden" name="environment" value={environment} />
      <Outcome state={state} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-40">
          <TextField
            key={holdSeconds}
            name="holdSeconds"
            label="Seconds to stop it"
            aside={`0 to ${longestHoldSeconds}`}
            inputMode="numeric"
            autoComplete="off"
            defaultValue={entered(state, "holdSeconds") ?? String(holdSeconds)}
            error={errorsOf(state, "holdSeconds")}
          />
        </div>
        <SubmitButton variant="secondary" pendingLabel="Saving" className="desk:min-h-9">
          Save the time
        </SubmitButton>
      </div>
    </form>
  );
}

type LimitProps = { action: News; environment: Environment; limit: RefundLimit };

/** The limit of one role in one currency. */
export function LimitForm({ action, environment, limit }: LimitProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const { role, currency } = limit;
  return (
    <form
      ref={form}
      action={submit}
      aria-label={`Limit of the role ${role} in ${currency}`}
      className="grid gap-3 border-b border-line py-4 first:pt-0"
    >
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="role" value={role} />
      <input type="hidden" name="currency" value={currency} />
      <p className="font-medium">{limitSentence(limit)}</p>
      <Outcome state={state} />
      <Sums state={state} idPrefix={`${role}-${currency}`} currency={currency} limit={limit} />
    </form>
  );
}

type NewLimitProps = { action: News; environment: Environment; roles: readonly Role[] };

/** A limit in a currency that has none yet. */
export function NewLimitForm({ action, environment, roles }: NewLimitProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} aria-label="Limit in another currency" className="grid gap-3">
      <input type="hidden" name="environment" value={environment} />
      <Outcome state={state} />
      <div className="grid gap-3 desk:grid-cols-2">
        <Select
          key={entered(state, "role")}
          name="role"
          label="Role"
          options={roles.map((role) => ({ value: role, label: role }))}
          defaultValue={entered(state, "role") ?? roles[0]}
          error={errorsOf(state, "role")}
        />
        <TextField
          name="currency"
          label="Currency"
          aside="three letters"
          mono
          maxLength={3}
          autoComplete="off"
          placeholder="CNY"
          defaultValue={entered(state, "currency") ?? ""}
          error={errorsOf(state, "currency")}
        />
      </div>
      <Sums state={state} idPrefix="new" currency={null} limit={null} />
    </form>
  );
}

type SumsProps = { state: ActionState; idPrefix: string; currency: string | null; limit: RefundLimit | null };

function Sums({ state, idPrefix, currency, limit }: SumsProps) {
  const begun = (field: "perRefund" | "perDay") => {
    const amount = limit?.[field];
    const stored = amount === null || amount === undefined || currency === null ? "" : amountForInput(amount, currency);
    return entered(state, field) ?? stored;
  };
  const field = (name: "perRefund" | "perDay", label: string) => (
    <TextField
      key={begun(name)}
      id={`${idPrefix}-${name}`}
      name={name}
      label={label}
      aside={currency === null ? "empty: no limit" : `${currency}, empty: no limit`}
      inputMode="decimal"
      autoComplete="off"
      defaultValue={begun(name)}
      error={errorsOf(state, name)}
    />
  );
  return (
    <div className="grid items-end gap-3 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      {field("perRefund", "Per refund")}
      {field("perDay", "Per person and day")}
      <SubmitButton variant="secondary" pendingLabel="Saving" className="desk:min-h-9">
        Save
      </SubmitButton>
    </div>
  );
}

function Outcome({ state }: { state: ActionState<{ news: string }> }) {
  if (state.status === "refused") return <Notice tone="failed" title={state.reason} live="alert" />;
  if (state.status !== "done") return null;
  return <Notice tone="paid" title={state.value.news} live="status" />;
}
