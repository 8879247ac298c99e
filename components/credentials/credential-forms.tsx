"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Props = { action: Action; environment: Environment; credentialId: string };

export function ChangeForm({ action, label, wayCodes, ...which }: Props & { label: string; wayCodes: string }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="grid gap-4">
      <Answer state={state} done="Saved. It holds for the next payment." />
      <Which {...which} />
      <TextField
        name="label"
        label="Name"
        defaultValue={entered(state, "label") ?? label}
        error={errorsOf(state, "label")}
        maxLength={60}
        autoComplete="off"
        required
      />
      <TextField
        name="wayCodes"
        label="Ways of paying"
        help="Left empty: every way that no other credential names."
        defaultValue={entered(state, "wayCodes") ?? wayCodes}
        error={errorsOf(state, "wayCodes")}
        spellCheck={false}
        autoComplete="off"
        mono
        optional
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Saving">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}

export function InUseForm({ action, isActive, ...which }: Props & { isActive: boolean }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      <Answer state={state} done={null} />
      <Which {...which} />
      <input type="hidden" name="isActive" value={String(!isActive)} />
      <div>
        <SubmitButton variant={isActive ? "danger" : "secondary"} pendingLabel="Changing">
          {isActive ? "Take out of use" : "Take into use"}
        </SubmitButton>
      </div>
    </form>
  );
}

function Which({ environment, credentialId }: { environment: Environment; credentialId: string }) {
  return (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="credentialId" value={credentialId} />
    </>
  );
}

function Answer({ state, done }: { state: ActionState; done: string | null }) {
  if (state.status === "refused") {
    return (
      <Notice tone="failed" title="Nothing was changed." live="alert">
        {state.reason}
      </Notice>
    );
  }
  return state.status === "done" && done !== null ? <Notice tone="paid" title={done} live="status" /> : null;
}
