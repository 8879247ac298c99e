import { Section } from "@/components/ui/panel";
import type { HiddenPlace } from "@/lib/debugger/hidden-characters";
import { VisibleRuns } from "./visible-runs";

const mostShown = 20;

/** Characters that the eye misses and a hash does not. */
export function HiddenList({ places }: { places: readonly HiddenPlace[] }) {
  return (
    <Section title="Characters you cannot see" caption={`${places.length} in these fields, all of them hashed`}>
      <ul className="grid gap-1.5 text-13">
        {places.slice(0, mostShown).map(({ field, isInName, at, short, name, code }) => (
          <li key={`${field} ${isInName} ${at}`} className="flex flex-wrap items-baseline gap-x-2">
            <span className="rounded-1 bg-mark px-1 font-mono text-11 text-mark-ink">{short}</span>
            <span>
              {name} <span className="mono text-12 text-ink-3">{code}</span>
            </span>
            <span className="text-ink-2">
              in {isInName ? "the name " : ""}
              <code className="mono text-12">
                <VisibleRuns text={field} />
              </code>
              , character {at}
            </span>
          </li>
        ))}
        {places.length > mostShown ? <li className="text-ink-2">and {places.length - mostShown} more</li> : null}
      </ul>
    </Section>
  );
}
