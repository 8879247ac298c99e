"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { EventType } from "@/lib/domain/events";
import type { NewKey } from "@/lib/events/add-endpoint";
import { EventTypeBoxes } from "./event-type-boxes";
import { NewKeyNotice } from "./new-key";

type Which = { environment: Environment; endpointId: string };
type Props = Which & { action: Action };

export function ChangeEndpointForm({
  action,
  label,
  eventTypes,
  ...which
}: Props & { label: string; eventTypes: readonly string[] }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const chosen = eventTypes.length === 0 ? EventType.options : eventTypes;
  return (
    <form ref={form} action={submit} className="grid gap-4">
      <Answer state={state} done="Saved. It holds for the next event." />
      <WhichFields {...which} />
      <TextField
        name="label"
        label="Name"
        defaultValue={entered(state, "label") ?? label}
        error={errorsOf(state, "label")}
        maxLength={60}
        autoComplete="off"
        required
      />
      <EventTypeBoxes
        // React gives boxes their first answer back after each action; a new key makes it the latest.
        key={chosen.join()}
        chosen={entered(state, "eventTypes")?.split(",") ?? chosen}
        error={errorsOf(state, "eventTypes")}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Saving">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}

export function SendTestForm({ action, isActive, ...which }: Props & { isActive: boolean }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-3">
      <Answer state={state} done={null} />
      <WhichFields {...which} />
      <div>
        <SubmitButton
          pendingLabel="Waiting for the answer"
          disabledReason={isActive ? null : "Take it into use first."}
        >
          Send a test event
        </SubmitButton>
      </div>
    </form>
  );
}

export function ReplaceKeyForm({ action, ...which }: Which & { action: Action<NewKey> }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      {state.status === "done" ? (
        <NewKeyNotice
          title={`Key ${state.value.version} signs from now on, beside the one before.`}
          value={state.value.key}
        />
      ) : (
        <Answer state={state} done={null} />
      )}
      <WhichFields {...which} />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Making it">
          Make a new key
        </SubmitButton>
      </div>
    </form>
  );
}

export function EndKeyOverlapForm({ action, version, ...which }: Props & { version: number }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-2">
      <Answer state={state} done="It signs nothing any more." />
      <WhichFields {...which} />
      <div>
        <SubmitButton variant="danger" size="sm" pendingLabel="Ending">
          Stop signing with key {version}
        </SubmitButton>
      </div>
    </form>
  );
}

export function EndpointInUseForm({ action, isActive, ...which }: Props & { isActive: boolean }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      <Answer state={state} done={null} />
      <WhichFields {...which} />
      <input type="hidden" name="isActive" value={String(!isActive)} />
      <div>
        <SubmitButton variant={isActive ? "danger" : "secondary"} pendingLabel="Changing">
          {isActive ? "Take out of use" : "Take into use"}
        </SubmitButton>
      </div>
    </form>
  );
}

function WhichFields({ environment, endpointId }: Which) {
  return (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="endpointId" value={endpointId} />
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
