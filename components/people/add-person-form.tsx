"use client";

import { useActionState } from "react";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RadioTiles } from "@/components/ui/radio-tiles";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import { InvitationLink } from "./invitation-link";
import { roleTiles } from "./role-words";

type Props = { action: Action<{ email: string; url: string }>; listHref: string };

export function AddPersonForm({ action, listHref }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  if (state.status === "done") {
    return (
      <div className="grid gap-4">
        <InvitationLink url={state.value.url} title={`A link for ${state.value.email}`} />
        <div>
          <LinkButton href={listHref}>All people</LinkButton>
        </div>
      </div>
    );
  }
  return (
    <form ref={form} action={submit} className="grid gap-5">
      {state.status === "refused" ? (
        <Notice tone="failed" title="Nobody was added." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      <TextField
        name="name"
        label="Name"
        help="As colleagues know it. It stands beside everything this person does."
        defaultValue={entered(state, "name")}
        error={errorsOf(state, "name")}
        maxLength={80}
        autoComplete="off"
        required
      />
      <TextField
        name="email"
        label="E-mail"
        help="It is the account. Nothing is sent there: you get a link to pass on."
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={entered(state, "email")}
        error={errorsOf(state, "email")}
        maxLength={200}
        autoComplete="off"
        required
      />
      <RadioTiles
        legend="Role"
        name="role"
        tiles={roleTiles}
        columns={3}
        defaultValue={entered(state, "role") ?? "support"}
        error={errorsOf(state, "role")}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Adding">Add and make a link</SubmitButton>
        <LinkButton href={listHref} variant="quiet">
          Add nobody
        </LinkButton>
      </div>
    </form>
  );
}
