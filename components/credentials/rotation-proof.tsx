import { ProofLabel } from "@/components/ui/mark";
import { Time } from "@/components/ui/time";
import type { RotationShown } from "./rotation-shown";

/** What must have been seen before the old key is retired, what was, and in words what is missing. */
export function RotationProof({ rotation }: { rotation: RotationShown }) {
  const { current, other, proof, rule, uses } = rotation;
  if (proof === null) return null;
  return (
    <section aria-label="Proof" className="grid gap-4">
      <dl className="grid gap-x-6 gap-y-4 desk:grid-cols-3">
        <Figure
          name={`Calls answered validly under key ${current.version}`}
          seen={uses.current.provenCalls}
          asked={rule.calls}
        />
        <Figure
          name={`Notifications under key ${current.version}`}
          seen={uses.current.notifications}
          asked={rule.notifications}
        />
        <Figure name={`Quiet minutes of key ${other.version}`} seen={proof.quietMinutes} asked={rule.quietMinutes} />
      </dl>
      {proof.isProven ? (
        <p className="text-13">
          <ProofLabel kind="proof" tone="paid">
            Nobody signs with key {other.version} any more
          </ProofLabel>
        </p>
      ) : (
        <div className="text-13">
          <p className="font-medium">What is missing</p>
          <ul className="list-disc pl-5 text-ink-2">
            {proof.missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {proof.quietAt === null ? null : (
            <p className="mt-1 text-ink-2">
              It will have been quiet for long enough at <Time at={proof.quietAt} kind="exact" />, if nothing more comes
              under key {other.version}.
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function Figure({ name, seen, asked }: { name: string; seen: number; asked: number }) {
  const share = asked === 0 ? 1 : Math.min(1, seen / asked);
  return (
    <div>
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd>
        <span className="nums text-28 font-figure">{seen.toLocaleString("en")}</span>
        <span className="nums text-ink-3"> / {asked.toLocaleString("en")}</span>
        <span aria-hidden="true" className="mt-1 block h-1.5 border border-edge">
          <span
            className={share === 1 ? "block h-full bg-paid" : "block h-full bg-series-1"}
            style={{ width: `${Math.round(share * 100)}%` }}
          />
        </span>
        <span className="mt-1 block text-12 text-ink-2">{share === 1 ? "enough" : "not enough yet"}</span>
      </dd>
    </div>
  );
}
