import { ShieldX, Signature } from "lucide-react";
import type { ReactNode } from "react";
import { SecretMarks } from "@/components/credentials/secret-marks";
import { Seal } from "@/components/ui/seal";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { EventKeyRow } from "@/db/queries/event-endpoints";

const stages = {
  current: { word: "signs", tone: "paid", icon: <Signature /> },
  previous: { word: "signs beside it", tone: "closed", icon: <Signature /> },
  retired: { word: "out of use", tone: "closed", icon: <ShieldX /> },
} as const;

/** Every version of an endpoint's key, the newest first. `overlap` stands beside the one that only signs along. */
export function KeyVersions({ keys, overlap }: { keys: readonly EventKeyRow[]; overlap: ReactNode }) {
  return (
    <ol className="grid gap-px overflow-hidden rounded-3 border border-edge bg-line-2">
      {keys.map((key) => {
        const { word, tone, icon } = stages[key.stage];
        return (
          <li key={key.version} className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-paper p-4">
            <Seal fingerprint={key.fingerprint} />
            <div className="grid min-w-0 gap-1">
              <p className="flex flex-wrap items-center gap-2 font-semibold">
                Key {key.version}
                <Tag tone={tone} icon={icon}>
                  {word}
                </Tag>
              </p>
              <SecretMarks secret={key} />
              <p className="text-12 text-ink-3">
                since <Time at={key.createdAt} />
              </p>
            </div>
            {key.stage === "previous" ? <div className="ml-auto">{overlap}</div> : null}
          </li>
        );
      })}
    </ol>
  );
}
