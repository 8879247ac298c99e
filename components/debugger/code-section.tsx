"use client";

import { useMemo } from "react";
import { RequestAsCode } from "@/components/snippets/request-as-code";
import { maskValue } from "@/lib/debugger/mask-value";
import { readMessage } from "@/lib/debugger/message";
import { snippetOfMessage } from "@/lib/snippets/snippet-of-message";
import type { SnippetProgram } from "@/lib/snippets/snippet-request";
import type { Question } from "./use-verdict";

/** `gatewayUrl` is null where nobody knows which gateway the message is for. */
type Props = { question: Question; gatewayUrl: string | null };

const placeholder = "https://gateway.example";

/** A request that was pasted, as code that signs it rightly; nothing for messages of the gateway. */
export function CodeSection({ question, gatewayUrl }: Props) {
  const found = useMemo(() => programOf(question, gatewayUrl ?? placeholder), [question, gatewayUrl]);
  if (found === null) return null;
  const notes = [
    gatewayUrl === null ? `Put the address of your gateway in place of ${placeholder}.` : "",
    found.isMasked ? "Card numbers and payment codes are masked here: put your own in." : "",
  ];
  return <RequestAsCode program={found.program} note={notes.join(" ").trim()} />;
}

function programOf(question: Question, baseUrl: string): { program: SnippetProgram; isMasked: boolean } | null {
  try {
    const { fields, endpoint } = readMessage(question.text, question.endpoint ?? null);
    if (endpoint === null) return null;
    const encoding = /^\s*\{/.test(question.text) ? "json" : "form";
    const written = snippetOfMessage(fields, { endpoint, encoding, baseUrl });
    return written.ok ? masked(written.value) : null;
  } catch {
    return null;
  }
}

function masked(program: SnippetProgram): { program: SnippetProgram; isMasked: boolean } {
  let isMasked = false;
  const calls = program.calls.map(({ path, fields }) => ({
    path,
    fields: fields.map(([name, value]): [string, string | number] => {
      if (typeof value === "number") return [name, value];
      const shown = maskValue(name, value);
      isMasked ||= shown !== value;
      return [name, shown];
    }),
  }));
  return { program: { ...program, calls }, isMasked };
}
