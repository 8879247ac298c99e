import { CopyButton } from "@/components/ui/copy-button";
import { Seal } from "@/components/ui/seal";

const command = `printf %s "$SECRET" | sha256sum | cut -c1-8`;

/** How two people find out whether they hold the same secret without telling it. */
export function CompareSecret({ length, fingerprint }: { length: number; fingerprint: string }) {
  return (
    <section aria-label="Compare the secret" className="mt-5 rounded-2 bg-sunk px-4 py-3 text-13">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Seal fingerprint={fingerprint} />
        <span>
          The secret used here has <b className="font-semibold">{length} characters</b> and the fingerprint{" "}
          <b className="mono font-semibold">{fingerprint}</b>.
        </span>
      </p>
      <p className="mt-2 max-w-[64ch] leading-normal text-ink-2">
        Compare both with whoever signed. The fingerprint is the beginning of its SHA-256, and finds no secret. When
        they are equal, a value was changed after signing.
      </p>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <code className="mono text-12 break-all">{command}</code>
        <CopyButton value={command} label="command for the fingerprint" />
      </p>
    </section>
  );
}
