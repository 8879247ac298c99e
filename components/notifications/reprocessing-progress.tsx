import type { ReactNode } from "react";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ReprocessingRow } from "@/db/queries/reprocessings";

type Props = { run: ReprocessingRow; stop: ReactNode };

const titles = { running: "Judging again…", finished: "Done.", stopped: "Stopped. What was done stays." };
const tones = { running: "wait", finished: "paid", stopped: "closed" } as const;

/** How far a run has come. It works through the time it looks at, so that is what its bar measures. */
export function ReprocessingProgress({ run, stop }: Props) {
  const span = run.until.getTime() - run.since.getTime();
  const seen = (run.seenAt ?? run.since).getTime() - run.since.getTime();
  const share = run.state === "finished" ? 1 : span > 0 ? Math.min(1, Math.max(0, seen / span)) : 0;
  return (
    <div className="grid gap-4">
      <Notice tone={tones[run.state]} title={titles[run.state]} live="status" actions={stop}>
        {run.looked.toLocaleString("en")} judged again, {run.changed.toLocaleString("en")} of them otherwise than
        before. {run.moved.toLocaleString("en")} moved a payment or refund.
      </Notice>
      <progress
        className="w-full accent-sign-fill"
        value={share}
        max={1}
        aria-label="How much of the time was looked at"
      />
      <DefinitionList
        rows={[
          { term: "Since", value: <Time at={run.since} kind="evidence" /> },
          { term: "Until", value: <Time at={run.until} kind="evidence" /> },
          { term: "Asked about", value: `${run.asked.toLocaleString("en")} that no message had settled` },
          { term: "Passed over", value: run.failed > 0 ? run.failed.toLocaleString("en") : null },
          { term: "Started by", value: run.startedByName },
        ]}
      />
    </div>
  );
}
