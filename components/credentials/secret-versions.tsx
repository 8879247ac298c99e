import { Hourglass, ShieldCheck, ShieldX, Signature } from "lucide-react";
import { Seal } from "@/components/ui/seal";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import type { SecretRow } from "@/db/queries/credentials";
import { SecretMarks } from "./secret-marks";

const stages = {
  pending: { word: "pending, verifies only", tone: "wait", icon: <Hourglass /> },
  current: { word: "signs and verifies", tone: "paid", icon: <Signature /> },
  previous: { word: "verifies only", tone: "closed", icon: <ShieldCheck /> },
  retired: { word: "out of use", tone: "closed", icon: <ShieldX /> },
} as const;

const endings = {
  aborted: "aborted before it ever signed",
  proven: "retired with proof",
  forced: "retired by force, without proof",
} as const;

/** Every version of a secret, the newest first. */
export function SecretVersions({ secrets }: { secrets: readonly SecretRow[] }) {
  return (
    <ol aria-label="Keys" className="grid gap-px overflow-hidden rounded-3 border border-edge bg-line-2">
      {secrets.map((secret) => {
        const { word, tone, icon } = stages[secret.stage];
        return (
          <li key={secret.version} className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-paper p-4">
            <Seal fingerprint={secret.fingerprint} size={secret.stage === "current" ? 64 : 34} />
            <div className="grid min-w-0 gap-1">
              <p className="flex flex-wrap items-center gap-2 font-semibold">
                Key {secret.version}
                <Tag tone={tone} icon={icon}>
                  {word}
                </Tag>
              </p>
              <SecretMarks secret={secret} />
              <History secret={secret} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function History({ secret: { createdAt, promotedAt, ending, endedAt } }: { secret: SecretRow }) {
  return (
    <p className="text-12 text-ink-3">
      added <Time at={createdAt} />
      {promotedAt === null || promotedAt.getTime() === createdAt.getTime() ? null : (
        <>
          , signing since <Time at={promotedAt} />
        </>
      )}
      {ending === null || endedAt === null ? null : (
        <>
          , {endings[ending]} <Time at={endedAt} />
        </>
      )}
    </p>
  );
}
