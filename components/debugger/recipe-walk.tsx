"use client";

import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Section } from "@/components/ui/panel";
import type { Cause } from "@/lib/debugger/causes";
import type { PlainReading } from "@/lib/debugger/plain-reading";
import { type RecipeStep, recipeSteps } from "@/lib/debugger/recipe-steps";
import { StepPanel } from "./step-panel";

export type WalkFacts = {
  reading: PlainReading;
  /** What went wrong, when that is known. */
  cause: Cause | null;
  secret: { length: number; fingerprint: string } | null;
  receivedSign: string;
};

const titles: Readonly<Record<RecipeStep, string>> = {
  choose: "Choose",
  write: "Write",
  order: "Order",
  join: "Join",
  key: "Add key",
  hash: "Hash",
  print: "Print",
};

/** Every step from the fields to the digest. The one that went wrong is open and marked. */
export function RecipeWalk(facts: WalkFacts) {
  const wrong = new Set(facts.cause?.steps);
  const first = facts.cause?.steps[0] ?? "choose";
  const [opened, setOpened] = useState<{ step: RecipeStep; of: Cause | null }>({ step: first, of: facts.cause });
  // Another verdict opens its own step.
  const step = opened.of === facts.cause ? opened.step : first;
  const open = (next: RecipeStep) => setOpened({ step: next, of: facts.cause });
  return (
    <Section title="From fields to digest" caption="each step as the gateway takes it">
      <div
        role="tablist"
        aria-label="Steps"
        className="mb-4 grid rounded-2 border border-edge desk:grid-cols-7 max-desk:grid-cols-4"
      >
        {recipeSteps.map((one, index) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`step-${one}`}
            aria-selected={one === step}
            aria-controls="step-panel"
            tabIndex={one === step ? 0 : -1}
            onClick={() => open(one)}
            onKeyDown={(event) => {
              const next = neighbour(one, event.key);
              if (next === null) return;
              open(next);
              document.getElementById(`step-${next}`)?.focus();
            }}
            className={classNames(
              "grid min-h-14 content-center gap-0.5 border-line-2 px-2.5 py-2 text-left text-13 hover:bg-hover desk:[&+&]:border-l max-desk:border-l max-desk:[&:nth-child(4n+1)]:border-l-0 max-desk:[&:nth-child(n+5)]:border-t",
              one === step && "shadow-[inset_0_-2px_0_var(--sign)]",
            )}
          >
            <span className="flex items-baseline justify-between gap-1">
              <span className={classNames("font-strong", wrong.has(one) ? "text-failed" : one === step && "text-sign")}>
                {titles[one]}
              </span>
              <span className={classNames("mono text-11", wrong.has(one) ? "text-failed" : "text-ink-3")}>
                {index + 1}
              </span>
            </span>
            <span className={classNames("truncate text-12", wrong.has(one) ? "text-failed" : "text-ink-3")}>
              {wrong.has(one) ? "went wrong" : summaryOf(one, facts)}
            </span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="step-panel" aria-labelledby={`step-${step}`}>
        <StepPanel step={step} facts={facts} />
      </div>
    </Section>
  );
}

function neighbour(step: RecipeStep, key: string): RecipeStep | null {
  const at = recipeSteps.indexOf(step);
  const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: recipeSteps.length - 1 };
  const next = moves[key];
  return next === undefined ? null : (recipeSteps[(next + recipeSteps.length) % recipeSteps.length] ?? null);
}

function summaryOf(step: RecipeStep, { reading, secret }: WalkFacts): string {
  switch (step) {
    case "choose":
      return `${reading.right.pieces.length} of ${reading.fields.length}`;
    case "write":
      return "name=value";
    case "order":
      return "by name";
    case "join":
      return "with &";
    case "key":
      return secret ? `${secret.length} letters` : "at the end";
    case "hash":
      return "MD5, UTF-8";
    case "print":
      return "32 digits";
  }
}
