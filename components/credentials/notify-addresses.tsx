import { CopyButton } from "@/components/ui/copy-button";
import type { NotificationKind } from "@/lib/domain/verdict";

const kinds: readonly { kind: NotificationKind; word: string }[] = [
  { kind: "payment", word: "Payments" },
  { kind: "refund", word: "Refunds" },
  { kind: "cancel", word: "Cancels" },
];

/** The three addresses of a credential, to be given to its gateway. */
export function NotifyAddresses({ label, urls }: { label: string; urls: Record<NotificationKind, string> }) {
  return (
    <dl>
      {kinds.map(({ kind, word }) => (
        <div
          key={kind}
          className="grid min-h-10 items-center gap-x-4 border-b border-line py-1 text-13 desk:grid-cols-[80px_minmax(0,1fr)]"
        >
          <dt className="text-12 text-ink-3">{word}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <span className="mono text-12 break-all">{urls[kind]}</span>
            <CopyButton value={urls[kind]} label={`the address for ${word.toLowerCase()} of ${label}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
