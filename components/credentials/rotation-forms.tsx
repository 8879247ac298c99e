"use client";

import { useActionState } from "react";
import type { ButtonProps } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import type { ProbeOutcome, RetireRule } from "@/lib/domain/rotation";
import { SecretField } from "./secret-field";

type Which = { environment: Environment; credentialId: string };
type Probed = { version: number; outcome: ProbeOutcome; said: string };

/** Begins a rotation with a pasted secret. */
export function AddNextForm({ action, ...which }: Which & { action: Action<Probed> }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="grid gap-4">
      <Refused state={state} />
      <Hidden {...which} />
      <SecretField
        help="Paste it before or after the gateway uses it. It signs nothing yet and verifies what comes in at once."
        state={state}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Sealing">
          Add the next key
        </SubmitButton>
      </div>
    </form>
  );
}

type StepProps = Which & {
  action: Action<number>;
  pendingLabel: string;
  children: string;
} & Pick<ButtonProps, "variant" | "disabledReason">;

/** One step of a rotation. Where it leads to, the page itself shows. */
export function StepForm({ action, pendingLabel, children, variant, disabledReason, ...which }: StepProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-2">
      <Refused state={state} />
      <Hidden {...which} />
      <div>
        <SubmitButton variant={variant ?? "secondary"} disabledReason={disabledReason} pendingLabel={pendingLabel}>
          {children}
        </SubmitButton>
      </div>
    </form>
  );
}

const probeTones = { taken: "paid", refused: "wait", unclear: "unclear" } as const;

/** Asks whether the gateway takes the pending key yet. */
export function ProbeForm({ action, ...which }: Which & { action: Action<Probed> }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-2">
      <Refused state={state} />
      {state.status === "done" ? (
        <Notice tone={probeTones[state.value.outcome]} title={state.value.said} live="status" />
      ) : null}
      <Hidden {...which} />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Asking the gateway">
          Ask the gateway again
        </SubmitButton>
      </div>
    </form>
  );
}

type ForceProps = Which & { action: Action<number>; version: number };

/** Retires a key that others know, without proof. */
export function ForceRetireForm({ action, version, ...which }: ForceProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="mt-3 grid max-w-[420px] gap-3">
      <p className="text-13 text-ink-2">
        From that moment every message that key {version} signed is refused, genuine ones that are still on their way
        included. Their orders are asked about all the same. This secret is never taken here again.
      </p>
      <Refused state={state} />
      <Hidden {...which} />
      <TextField
        name="fingerprint"
        label={`Fingerprint of key ${version}`}
        help="Type its eight characters to confirm."
        defaultValue={entered(state, "fingerprint") ?? ""}
        error={errorsOf(state, "fingerprint")}
        autoComplete="off"
        spellCheck={false}
        maxLength={20}
        mono
      />
      <div>
        <SubmitButton variant="danger" pendingLabel="Retiring">
          Retire key {String(version)} without proof
        </SubmitButton>
      </div>
    </form>
  );
}

/** How much proof is asked for. */
export function RetireRuleForm({ action, rule, ...which }: Which & { action: Action; rule: RetireRule }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const field = (name: keyof RetireRule, label: string) => (
    <TextField
      key={`${name} ${rule[name]}`}
      name={name}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      defaultValue={entered(state, name) ?? String(rule[name])}
      error={errorsOf(state, name)}
    />
  );
  return (
    <form ref={form} action={submit} aria-label="What the proof asks for" className="mt-3 grid gap-3">
      <Refused state={state} />
      {state.status === "done" ? <Notice tone="paid" title="Saved." live="status" /> : null}
      <Hidden {...which} />
      <div className="grid gap-3 desk:grid-cols-3">
        {field("calls", "Calls under the new key")}
        {field("notifications", "Notifications under it")}
        {field("quietMinutes", "Quiet minutes of the old one")}
      </div>
      <div>
        <SubmitButton variant="secondary" pendingLabel="Saving">
          Save what is asked for
        </SubmitButton>
      </div>
    </form>
  );
}

function Hidden({ environment, credentialId }: Which) {
  return (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="credentialId" value={credentialId} />
    </>
  );
}

function Refused({ state }: { state: ActionState<unknown> }) {
  if (state.status !== "refused") return null;
  return (
    <Notice tone="failed" title="Nothing was changed." live="alert">
      {state.reason}
    </Notice>
  );
}
