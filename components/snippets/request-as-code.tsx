"use client";

import { useMemo, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/panel";
import { type SnippetLanguage, snippetLanguages } from "@/lib/snippets/languages";
import type { SnippetProgram } from "@/lib/snippets/snippet-request";

type Props = {
  program: SnippetProgram;
  /** What differs from the request that was sent, where something does. */
  note?: string | null;
};

/** A request as a program that somebody can run. Its secret comes from the environment and stands nowhere. */
export function RequestAsCode({ program, note = null }: Props) {
  const [language, setLanguage] = useState<SnippetLanguage>("curl");
  const code = useMemo(
    () => snippetLanguages.find(({ id }) => id === language)?.write(program) ?? "",
    [language, program],
  );
  return (
    <Section title="The same request as working code" caption="the secret is read from COUNTERSIGN_SECRET">
      <div
        role="tablist"
        aria-label="Languages"
        className="mb-3 flex flex-wrap gap-x-5 border-b border-line-2 max-desk:gap-x-3"
      >
        {snippetLanguages.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`code-${id}`}
            aria-selected={id === language}
            aria-controls="code-panel"
            tabIndex={id === language ? 0 : -1}
            onClick={() => setLanguage(id)}
            onKeyDown={(event) => {
              const next = neighbour(id, event.key);
              if (next === null) return;
              setLanguage(next);
              document.getElementById(`code-${next}`)?.focus();
            }}
            className={classNames(
              "min-h-11 border-b-2 px-0.5 text-13 -outline-offset-2 desk:min-h-9",
              id === language ? "border-sign font-semibold text-ink" : "border-transparent text-ink-2 hover:text-ink",
            )}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="code-panel" aria-labelledby={`code-${language}`}>
        <CodeBlock label="Code">{code}</CodeBlock>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <CopyButton value={code} label="code">
            Copy the code
          </CopyButton>
          {note ? <p className="max-w-[64ch] text-13 text-ink-2">{note}</p> : null}
        </div>
      </div>
    </Section>
  );
}

function neighbour(language: SnippetLanguage, key: string): SnippetLanguage | null {
  const ids = snippetLanguages.map(({ id }) => id);
  const at = ids.indexOf(language);
  const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 };
  const next = moves[key];
  return next === undefined ? null : (ids[(next + ids.length) % ids.length] ?? null);
}
