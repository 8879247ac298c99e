"use client";

import { useMemo } from "react";
import { Section } from "@/components/ui/panel";
import { visibleText } from "@/components/ui/visible-text";
import { type PlainReading, readPlainly } from "@/lib/debugger/plain-reading";
import { CodeSection } from "./code-section";
import { FirstDifference } from "./first-difference";
import { GatewayTable } from "./gateway-table";
import { HiddenList } from "./hidden-list";
import { RecipeWalk } from "./recipe-walk";
import { SplitView } from "./split-view";
import type { Question } from "./use-verdict";
import type { Verdict } from "./verdict-of-search";

type Props = { question: Question; verdict: Verdict | null; gatewayUrl: string | null };

/** Everything that can be looked at below the verdict; most of it needs no secret. */
export function CaseSections({ question, verdict, gatewayUrl }: Props) {
  const reading = useMemo(() => readOrNull(question), [question]);
  if (reading === null) return null;
  const cause = verdict?.diagnosis.causes[0] ?? null;
  const difference = cause?.evidence?.difference ?? null;
  const observations = verdict?.diagnosis.observations ?? [];
  return (
    <>
      {difference ? <FirstDifference difference={difference} /> : null}
      {observations.length > 0 ? (
        <Section title="Worth knowing">
          <ul className="grid list-disc gap-1.5 pl-5 text-13">
            {observations.map((sentence) => (
              <li key={sentence} className="break-words">
                {visibleText(sentence)}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {reading.hidden.length > 0 ? <HiddenList places={reading.hidden} /> : null}
      <RecipeWalk
        reading={reading}
        cause={cause}
        secret={verdict?.diagnosis.secret ?? null}
        receivedSign={question.receivedSign}
      />
      {reading.divisions ? <SplitView divisions={reading.divisions} /> : null}
      {reading.view ? <GatewayTable view={reading.view} /> : null}
      <CodeSection question={question} gatewayUrl={gatewayUrl} />
    </>
  );
}

/** A text that `readInput` took may still hold no message. */
function readOrNull({ text, endpoint }: Question): PlainReading | null {
  try {
    return readPlainly(text, endpoint ?? null);
  } catch {
    return null;
  }
}
