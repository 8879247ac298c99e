"use client";

import { useState } from "react";
import { TextArea } from "@/components/ui/text-field";

type Props = { error?: string[] | undefined; help: string };

/** A pasted secret. It counts what it holds, because a cut or doubled paste is the usual mistake. */
export function SecretField({ error, help }: Props) {
  const [length, setLength] = useState(0);
  return (
    <TextArea
      name="secret"
      label="Secret"
      aside={length === 0 ? undefined : `${length} characters`}
      help={help}
      error={error}
      onChange={(event) => setLength(event.target.value.trim().length)}
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
