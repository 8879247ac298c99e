"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { RadioTiles } from "@/components/ui/radio-tiles";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Action, errorsOf } from "@/lib/actions/action-state";
import type { Role } from "@/lib/domain/roles";
import { InvitationLink } from "./invitation-link";
import { roleTiles } from "./role-words";

type RoleProps = { action: Action; personId: string; role: Role };

export function RoleForm({ action, personId, role }: RoleProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      <Refusal state={state} title="The role stays as it was." />
      {state.status === "done" ? (
        <Notice tone="paid" title="The role is changed. It holds from the next request on." live="status" />
      ) : null}
      <input type="hidden" name="personId" value={personId} />
      <RadioTiles
        key={role}
        legend="Role"
        hideLegend
        name="role"
        tiles={roleTiles}
        columns={3}
        defaultValue={role}
        error={errorsOf(state, "role")}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Changing">
          Change the role
        </SubmitButton>
      </div>
    </form>
  );
}

type LinkProps = { action: Action<{ url: string }>; personId: string; name: string };

export function NewLinkForm({ action, personId, name }: LinkProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      <Refusal state={state} title="No link was made." />
      {state.status === "done" ? <InvitationLink url={state.value.url} title={`A new link for ${name}`} /> : null}
      <input type="hidden" name="personId" value={personId} />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Making">
          Make a new link
        </SubmitButton>
      </div>
    </form>
  );
}

type ActiveProps = { action: Action; personId: string; name: string; isActive: boolean };

export function ActiveForm({ action, personId, name, isActive }: ActiveProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid gap-4">
      <Refusal state={state} title="Nothing was changed." />
      <input type="hidden" name="personId" value={personId} />
      <input type="hidden" name="isActive" value={String(!isActive)} />
      <div>
        <SubmitButton variant={isActive ? "danger" : "secondary"} pendingLabel="Changing">
          {isActive ? `Shut ${name} out` : `Let ${name} in again`}
        </SubmitButton>
      </div>
    </form>
  );
}

function Refusal({ state, title }: { state: { status: string; reason?: string }; title: string }) {
  if (state.status !== "refused") return null;
  return (
    <Notice tone="failed" title={title} live="alert">
      {state.reason}
    </Notice>
  );
}
