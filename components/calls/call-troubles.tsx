import Link from "next/link";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";
import type { CallTrouble } from "@/db/queries/call-troubles";
import { CallOutcome } from "./call-outcome";
import { operationOf } from "./operations";

/** A group with what its last message means, and the address of its calls. */
export type ExplainedTrouble = CallTrouble & { means: { english: string; advice: string } | null; href: string };

type Props = {
  troubles: readonly ExplainedTrouble[];
  /** Set when more went wrong than was counted. */
  cappedAt: number | null;
};

/** What goes wrong, each kind once: how often, since when, and what to do about it. */
export function CallTroubles({ troubles, cappedAt }: Props) {
  if (troubles.length === 0) return null;
  const caption = cappedAt === null ? "by kind and endpoint" : `among the newest ${cappedAt.toLocaleString("en")}`;
  return (
    <div className="mb-6">
      <Section title="What went wrong" caption={caption}>
        <ul className="divide-y divide-line border-b border-line">
          {troubles.map((trouble) => (
            <Trouble key={`${trouble.outcome} ${trouble.operation} ${trouble.code}`} trouble={trouble} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Trouble({ trouble }: { trouble: ExplainedTrouble }) {
  const { outcome, operation, code, lastMessage, means, count, firstAt, lastAt, href } = trouble;
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 text-13 desk:grid-cols-[190px_minmax(0,1fr)_220px]">
      <div>
        <CallOutcome outcome={outcome} />
        <p className="mono mt-1 text-12 text-ink-2">{operationOf(operation).path}</p>
      </div>
      <div className="min-w-0">
        {lastMessage || code ? (
          <p className="mono text-12 break-words">
            {code ? `${code} ` : ""}
            {lastMessage ? visibleText(lastMessage) : ""}
          </p>
        ) : null}
        {means ? (
          <p className="mt-0.5">
            {means.english}. <span className="text-ink-2">{means.advice}</span>
          </p>
        ) : null}
      </div>
      <div className="text-12 text-ink-2">
        <p>
          <Link href={href} className="link inline-block py-1">
            {count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`}
          </Link>
        </p>
        <p>
          first <Time at={firstAt} kind="exact" />
        </p>
        <p>
          last <Time at={lastAt} kind="exact" />
        </p>
      </div>
    </li>
  );
}
