"use client";

import { useActionState, useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { PasswordField } from "./password-field";
import { requestSignIn, type SignInAnswer } from "./request-sign-in";

type Props = { to: string; first: SignInAnswer | null };
type State = { answer: SignInAnswer | null; email: string };

const refusals: Partial<Record<SignInAnswer, { title: string; todo: string }>> = {
  wrong: {
    title: "E-mail address and password do not belong together.",
    todo: "Look at both again. An admin can make you a link for a new password.",
  },
  "too-many-attempts": {
    title: "Too many wrong passwords.",
    todo: "The next try counts in a quarter of an hour at the latest.",
  },
  "closed-to-address": {
    title: "This console is not open to the address you come from.",
    todo: "An admin at a listed address can add it under Console access.",
  },
  "no-answer": { title: "The console did not answer.", todo: "Nothing was changed. Try again in a moment." },
};

export function SignInForm({ to, first }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [{ answer, email }, submit] = useActionState(
    async (_: State, sent: FormData): Promise<State> => {
      const answered = await requestSignIn(sent);
      // A full load: nothing that was drawn for somebody else stays in this tab. What stands behind # came along.
      if (answered === "signed-in") window.location.assign(`${to}${window.location.hash}`);
      return { answer: answered, email: String(sent.get("email") ?? "") };
    },
    { answer: first, email: "" },
  );

  useEffect(() => {
    if (answer === "wrong" && email !== "") form.current?.querySelector<HTMLElement>("[name=password]")?.focus();
  }, [answer, email]);

  const refusal = answer ? refusals[answer] : undefined;
  return (
    <form ref={form} action={submit} className="grid gap-5">
      {refusal ? (
        <Notice tone="failed" title={refusal.title} live="alert">
          {refusal.todo}
        </Notice>
      ) : null}
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={email}
        required
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <SubmitButton size="lg" pendingLabel="Signing in">
        Sign in
      </SubmitButton>
      <noscript>
        <p className="text-13 text-ink-2">Signing in needs JavaScript. The lists work without it afterwards.</p>
      </noscript>
    </form>
  );
}
