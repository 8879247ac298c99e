import { Section } from "@/components/ui/panel";
import { formatDuration } from "@/components/ui/time-format";
import { isOnKeptConnection, type StepName, stepsOfCall } from "./steps-of-call";

type Props = {
  /** As the column keeps them, in whole microseconds. */
  timingsUs: readonly (number | null)[];
  /** From our decision to send until the answer was read, in milliseconds. */
  durationMs: number;
};

const looks: Readonly<Record<StepName, string>> = {
  "Until connected": "bg-ink-3",
  DNS: "bg-line-2",
  Connect: "bg-edge",
  TLS: "bg-ink-3",
  Wait: "bg-ink",
  Read: "bg-paid",
};

/** Where the time of a call went: one bar, and the numbers below it. */
export function CallTimes({ timingsUs, durationMs }: Props) {
  const steps = stepsOfCall(timingsUs);
  const total = steps.reduce((sum, { us }) => sum + (us ?? 0), 0);
  const ownMs = Math.round(durationMs - total / 1_000);
  const own = ownMs > 0 ? `, and ${formatDuration(ownMs)} of our own work between the steps` : "";
  return (
    <Section title="Where the time went" caption={total === 0 ? "no step was measured" : `${inWords(total)}${own}`}>
      <div aria-hidden="true" className="flex h-3 gap-px overflow-hidden rounded-1 bg-sunk">
        {steps.map(({ name, us }) =>
          us === null ? null : (
            <span key={name} className={looks[name]} style={{ width: `${(100 * us) / Math.max(1, total)}%` }} />
          ),
        )}
      </div>
      {isOnKeptConnection(timingsUs) ? (
        <p className="mt-2 text-12 text-ink-2">The call took up a connection that an earlier one had left open.</p>
      ) : null}
      <dl
        className={`mt-3 grid grid-cols-2 gap-x-5 gap-y-2.5 ${steps.length === 5 ? "desk:grid-cols-5" : "desk:grid-cols-3"}`}
      >
        {steps.map(({ name, about, us, note }) => (
          <div key={name} className="min-w-0">
            <dt className="flex gap-2 text-12 text-ink-2">
              <span aria-hidden="true" className={`mt-1 size-2.5 shrink-0 rounded-1 ${looks[name]}`} />
              <span>
                <span className="text-ink">{name}</span>
                <span className="block text-ink-3">{about}</span>
              </span>
            </dt>
            <dd className="mt-0.5 pl-4.5">
              {us === null ? null : <span className="mono text-13">{inWords(us)}</span>}
              {note ? <span className={`text-12 text-ink-3 ${us === null ? "" : "ml-2"}`}>{note}</span> : null}
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
