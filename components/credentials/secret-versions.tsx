import { ShieldCheck, ShieldX, Signature } from "lucide-react";
import type { ReactNode } from "react";
import { Seal } from "@/components/ui/seal";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { SecretRow } from "@/db/queries/credentials";
import { SecretMarks } from "./secret-marks";

const stages = {
  current: { word: "signs and verifies", tone: "paid", icon: <Signature /> },
  previous: { word: "verifies only", tone: "closed", icon: <ShieldCheck /> },
  retired: { word: "out of use", tone: "closed", icon: <ShieldX /> },
} as const;

/** Every version of a secret, the newest first. `overlap` stands beside the one that only verifies. */
export function SecretVersions({ secrets, overlap }: { secrets: readonly SecretRow[]; overlap: ReactNode }) {
  return (
    <ol className="grid gap-px overflow-hidden rounded-3 border border-edge bg-line-2">
      {secrets.map((secret) => {
        const { word, tone, icon } = stages[secret.stage];
        return (
          <li key={secret.version} className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-paper p-4">
            <Seal fingerprint={secret.fingerprint} size={secret.stage === "current" ? 64 : 34} />
            <div className="grid min-w-0 gap-1">
              <p className="flex flex-wrap items-center gap-2 font-semibold">
                Secret {secret.version}
                <Tag tone={tone} icon={icon}>
                  {word}
                </Tag>
              </p>
              <SecretMarks secret={secret} />
              <p className="text-12 text-ink-3">
                since <Time at={secret.createdAt} />
              </p>
            </div>
            {secret.stage === "previous" ? <div className="ml-auto">{overlap}</div> : null}
          </li>
        );
      })}
    </ol>
  );
}
