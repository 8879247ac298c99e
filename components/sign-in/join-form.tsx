"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, errorsOf } from "@/lib/actions/action-state";
import { PasswordField } from "./password-field";

type Props = { action: Action; token: string; email: string };

/** The one act of an invitation: choosing a password. */
export function JoinForm({ action, token, email }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="grid gap-5">
      {state.status === "refused" ? (
        <Notice tone="failed" title="No password was set." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <PasswordField
        name="newPassword"
        label="New password"
        autoComplete="new-password"
        help="At least 12 characters. A short sentence is easy to remember."
        error={errorsOf(state, "newPassword")}
      />
      <SubmitButton size="lg" pendingLabel="Saving">
        Set the password
      </SubmitButton>
    </form>
  );
}
