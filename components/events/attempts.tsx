import { CodeBlock } from "@/components/ui/code-block";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/components/ui/time-format";
import { visibleText } from "@/components/ui/visible-text";
import type { AttemptDetails } from "@/db/queries/event-delivery-page";
import { AttemptOutcomeLabel } from "./delivery-state";
import { outcomeWord } from "./event-words";

type Props = { attempts: readonly AttemptDetails[]; eventId: string };

/** Every request that was made, the newest first: what was sent in its headers, and what came back. */
export function Attempts({ attempts, eventId }: Props) {
  if (attempts.length === 0) return <p className="text-13 text-ink-2">It has not been sent yet.</p>;
  return (
    <ol className="grid gap-6">
      {attempts.map((attempt) => (
        <li key={attempt.id} className="grid gap-2 border-b border-line pb-6 last:border-b-0">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
            <AttemptOutcomeLabel outcome={attempt.outcome} note={answerOf(attempt)} />
            <Time at={attempt.startedAt} kind="evidence" className="text-12" />
            <span className="text-12 text-ink-3">took {formatDuration(attempt.durationMs)}</span>
            <span className="text-12 text-ink-3">
              {attempt.actor === "worker" ? "by the worker" : `by ${attempt.personName ?? "a person"}`}
            </span>
          </p>
          <p className="text-13 text-ink-2">{outcomeWord(attempt.outcome).meaning}</p>
          <CodeBlock label="The request’s first lines and signed headers" wrap>
            {headOf(attempt, eventId)}
          </CodeBlock>
          {attempt.answerText ? (
            <CodeBlock label="The beginning of the answer" wrap>
              {visibleText(attempt.answerText)}
            </CodeBlock>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function answerOf({ httpStatus, reason }: AttemptDetails): string | null {
  return httpStatus === null ? reason : `HTTP ${httpStatus}`;
}

function headOf({ url, host, timestamp, signature }: AttemptDetails, eventId: string): string {
  return [
    `POST ${url}${host === null ? "" : `  (${host})`}`,
    `webhook-id: ${eventId}`,
    `webhook-timestamp: ${timestamp}`,
    `webhook-signature: ${signature}`,
  ].join("\n");
}
