import Link from "next/link";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/components/ui/time-format";
import type { SiblingCall } from "@/db/queries/call-page";
import { CallOutcome } from "./call-outcome";

type Props = { tries: readonly SiblingCall[]; current: string; path: string };

/** The same request about the same order, each time it was sent. Nothing for one that was sent once. */
export function CallTries({ tries, current, path }: Props) {
  if (tries.length < 2) return null;
  const place = tries.findIndex(({ id }) => id === current) + 1;
  return (
    <Section
      title="Every time it was sent"
      caption={place > 0 ? `this is ${place} of ${tries.length}` : `${tries.length} times`}
    >
      <ol className="divide-y divide-line border-b border-line">
        {tries.map(({ id, outcome, durationMs, startedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-5 gap-y-1 py-1.5 text-13">
            {id === current ? (
              <span className="w-56 py-1 font-semibold">
                <Time at={startedAt} kind="exact" />
              </span>
            ) : (
              <Link href={`${path}/${id}`} className="link w-56 py-1">
                <Time at={startedAt} kind="exact" />
              </Link>
            )}
            <CallOutcome outcome={outcome} />
            <span className="mono text-12 text-ink-2">{formatDuration(durationMs)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
