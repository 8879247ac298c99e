import { Empty } from "@/components/ui/empty";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { SourceSeen } from "@/db/queries/notification-sources";

type Props = { seen: readonly (SourceSeen & { isListed: boolean })[]; isEnforced: boolean };

/** Every address that messages to a credential came from lately, and what its list says about it. */
export function SourcesSeen({ seen, isEnforced }: Props) {
  if (seen.length === 0) {
    return <Empty title="No message has come yet.">The addresses of the first ones are listed here.</Empty>;
  }
  return (
    <ul
      aria-label="Source addresses seen"
      className="grid gap-px overflow-hidden rounded-3 border border-edge bg-line-2"
    >
      {seen.map(({ address, messages, proven, first, last, isListed }) => (
        <li key={address} className="grid gap-1 bg-paper px-4 py-3">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="mono break-all font-medium">{address ?? "not known"}</span>
            {isListed ? <Tag tone="paid">on the list</Tag> : null}
            {isListed || !isEnforced ? null : <Tag tone="failed">refused</Tag>}
          </p>
          <p className="text-13 text-ink-2">
            {messages === 1 ? "1 message" : `${messages} messages`}, {proven} of them signed by the gateway
          </p>
          <p className="flex flex-wrap gap-x-4 text-12 text-ink-3">
            <span>
              first <Time at={first} kind="exact" />
            </span>
            <span>
              last <Time at={last} kind="exact" />
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
