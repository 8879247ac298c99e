"use client";

import { useActionState } from "react";
import { PasswordField } from "@/components/sign-in/password-field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, errorsOf } from "@/lib/actions/action-state";

type Props = { action: Action<number>; email: string };

export function OwnPasswordForm({ action, email }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <form ref={form} action={submit} className="grid max-w-[380px] gap-4">
      {state.status === "done" ? (
        <Notice tone="paid" title="Your password is changed." live="status">
          {state.value === 0 ? "No other browser was signed in." : `Signed out elsewhere: ${state.value}.`}
        </Notice>
      ) : null}
      {state.status === "refused" ? (
        <Notice tone="failed" title="The password stays as it was." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <PasswordField
        name="password"
        label="Present password"
        autoComplete="current-password"
        error={errorsOf(state, "password")}
      />
      <PasswordField
        name="newPassword"
        label="New password"
        autoComplete="new-password"
        help="At least 12 characters. A short sentence is easy to remember."
        error={errorsOf(state, "newPassword")}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Changing">
          Change the password
        </SubmitButton>
      </div>
    </form>
  );
}
