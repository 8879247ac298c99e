import { ArrowRight } from "lucide-react";
import { verdictWord } from "@/components/states/verdict-label";
import type { Change, Rehearsal } from "@/lib/notifications/rehearsal";

type Props = { result: Pick<Rehearsal, "looked" | "verdicts" | "states" | "failed"> };

/** What judging again changes: verdicts and states, from what to what, each counted. */
export function RehearsalResult({ result: { looked, verdicts, states, failed } }: Props) {
  if (looked === 0) return null;
  return (
    <div className="grid gap-x-10 gap-y-4 desk:grid-cols-2">
      <Changes
        title="Verdicts"
        none="No verdict changes."
        changes={verdicts.map((change) => ({
          ...change,
          from: verdictWord(change.from).word,
          to: verdictWord(change.to).word,
        }))}
      />
      <Changes title="States of payments and refunds" none="No state moves." changes={states} />
      {failed > 0 ? (
        <p className="text-13 text-failed desk:col-span-2">
          {failed} could not be judged, because something is broken: see the log of the server.
        </p>
      ) : null}
    </div>
  );
}

function Changes({ title, none, changes }: { title: string; none: string; changes: readonly Change[] }) {
  return (
    <div>
      <h3 className="mb-1.5 text-12 font-medium text-ink-3">{title}</h3>
      {changes.length === 0 ? (
        <p className="text-13 text-ink-2">{none}</p>
      ) : (
        <ul className="border-t border-line text-13">
          {changes.map(({ from, to, count }) => (
            <li key={`${from}>${to}`} className="flex items-center gap-1.5 border-b border-line py-2">
              <span className="text-ink-2">{from}</span>
              <ArrowRight className="size-3 text-ink-3" aria-label="becomes" />
              <span className="font-medium">{to}</span>
              <span className="nums ml-auto">{count.toLocaleString("en")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
