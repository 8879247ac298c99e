import { EnvironmentTag } from "@/components/ui/environment-band";
import type { Verdict } from "./verdict-of-search";

type Props = {
  stored: NonNullable<Verdict["stored"]>;
  /** The first key fitted, so no other one was held against the message. */
  isRight: boolean;
};

/** Whose secret was used, what else was tried, and how often more. */
export function StoredNote({ stored, isRight }: Props) {
  const { credential, isNamed, otherKeys, otherEnvironments, searchesLeft, isWithoutProduction } = stored;
  const { label, environment, appId, keyVersion } = credential;
  return (
    <div className="grid gap-1 text-12 leading-normal text-ink-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-ink">
        <span>
          {label}, key {keyVersion}
        </span>
        <span className="mono text-12 text-ink-3">{appId}</span>
        <EnvironmentTag environment={environment} />
      </p>
      {isNamed ? null : <p>No stored credential has the number of this message, so the first one was taken.</p>}
      <p>
        {isRight
          ? null
          : otherKeys === 0
            ? "There is no other stored key to try. "
            : `${otherKeys} other stored key${otherKeys === 1 ? " was" : "s were"} tried too${otherEnvironments.length > 0 ? ", those of both environments" : ""}. `}
        This use is in the audit; {searchesLeft} more within a quarter of an hour.
      </p>
      {isWithoutProduction ? (
        <p>Keys of production were left out: you have used them as often as is possible within a quarter of an hour.</p>
      ) : null}
    </div>
  );
}
