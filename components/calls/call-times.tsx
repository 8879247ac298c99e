import { Section } from "@/components/ui/panel";
import { formatDuration } from "@/components/ui/time-format";

type Props = {
  /** Connect, wait and read in whole microseconds. */
  timingsUs: readonly (number | null)[];
};

// The order is that of the column, and of time.
const steps = [
  { name: "Connect", note: "DNS, connection and TLS", look: "bg-ink-3" },
  { name: "Wait", note: "until the answer began", look: "bg-sign-fill" },
  { name: "Read", note: "until it had ended", look: "bg-paid" },
] as const;

/** Where the time of a call went: one bar, and the numbers below it. */
export function CallTimes({ timingsUs }: Props) {
  const taken = steps.map((step, at) => ({ ...step, us: timingsUs[at] ?? null }));
  const total = Math.max(
    1,
    taken.reduce((sum, { us }) => sum + (us ?? 0), 0),
  );
  return (
    <Section title="Where the time went" caption={inWords(total)}>
      <div aria-hidden="true" className="flex h-3 overflow-hidden rounded-1 bg-sunk">
        {taken.map(({ name, look, us }) => (
          <span key={name} className={look} style={{ width: `${(100 * (us ?? 0)) / total}%` }} />
        ))}
      </div>
      <dl className="mt-3 grid gap-x-5 gap-y-2 desk:grid-cols-3">
        {taken.map(({ name, note, look, us }) => (
          <div key={name} className="min-w-0">
            <dt className="flex items-center gap-2 text-12 text-ink-2">
              <span aria-hidden="true" className={`size-2.5 rounded-1 ${look}`} />
              {name}: {note}
            </dt>
            <dd className={us === null ? "text-12 text-ink-3" : "mono text-13"}>
              {us === null ? "it did not come to this" : inWords(us)}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function inWords(us: number): string {
  return us < 10_000 ? `${(us / 1_000).toFixed(1)} ms` : formatDuration(us / 1_000);
}
