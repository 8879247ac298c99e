import { Time } from "@/components/ui/time";
import { formatDuration } from "@/components/ui/time-format";
import type { CallDetails } from "@/db/queries/call-page";

/** When a call was made, how long it took, and the status it ended with. */
export function CallFacts({ call: { startedAt, durationMs, httpStatus } }: { call: CallDetails }) {
  return (
    <p className="mt-1 mb-4 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
      <Time at={startedAt} kind="evidence" />
      <span>took {formatDuration(durationMs)}</span>
      <span>{httpStatus === null ? "no HTTP status came" : `HTTP ${httpStatus}`}</span>
    </p>
  );
}
