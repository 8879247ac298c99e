/** What may be seen of a secret: its fingerprint in groups of four, its last four characters, its length. */
export function SecretMarks({ secret }: { secret: { fingerprint: string; lastFour: string; length: number } }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className="mono">{secret.fingerprint.replace(/(.{4})(?=.)/g, "$1 ")}</span>
      {secret.lastFour ? (
        <span className="mono text-12 text-ink-3" title="Its last four characters">
          …{secret.lastFour}
        </span>
      ) : null}
      <span className="text-12 text-ink-3">{secret.length} characters</span>
    </span>
  );
}
