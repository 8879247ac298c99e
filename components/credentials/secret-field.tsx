"use client";

import { useState } from "react";
import { TextArea } from "@/components/ui/text-field";
import { type ActionState, errorsOf } from "@/lib/actions/action-state";

type Props = { state: ActionState; help: string };

/** A pasted secret. It counts what it holds, because a cut or doubled paste is the usual mistake. */
export function SecretField({ state, help }: Props) {
  const [{ length, answered }, setCounted] = useState({ length: 0, answered: state });
  // The form is empty again after each answer.
  if (answered !== state) setCounted({ length: 0, answered: state });
  return (
    <TextArea
      name="secret"
      label="Secret"
      aside={length === 0 ? undefined : `${length} characters`}
      help={help}
      error={errorsOf(state, "secret")}
      onChange={(event) => setCounted({ length: event.target.value.trim().length, answered: state })}
      rows={3}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="none"
      spellCheck={false}
      mono
      required
    />
  );
}
