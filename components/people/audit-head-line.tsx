import { Id } from "@/components/ui/id";
import { Time } from "@/components/ui/time";

type Props = { head: { sealNo: number; hash: string; sealedAt: Date } | null };

/** How far the chain over the audit goes, and the head that somebody may keep elsewhere. */
export function AuditHeadLine({ head }: Props) {
  if (!head)
    return <p className="mt-3 text-12 text-ink-3">No entry has its seal yet; the worker seals within seconds.</p>;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-12 text-ink-2">
      <span>
        {head.sealNo} {head.sealNo === 1 ? "entry" : "entries"} in the chain, the last sealed{" "}
        <Time at={head.sealedAt} />. Head
      </span>
      <Id value={`${head.sealNo}:${head.hash}`} label="the head of the audit" short />
      <span>
        Keep it elsewhere: <span className="mono">npm run audit -- verify --head N:HASH</span> names the first entry
        that is not as it was written.
      </span>
    </p>
  );
}
