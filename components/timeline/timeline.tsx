import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { type MarkKind, ProofLabel } from "@/components/ui/mark";
import { Time } from "@/components/ui/time";
import { type Tone, toneText } from "@/components/ui/tone";

/** Who speaks to whom: an arrow between two lanes, a diamond for a change of state, a dot for a note. */
type TimelineLane = "person" | "person-to-us" | "us-to-gateway" | "gateway-to-us" | "state" | "note";

export type TimelineItem = {
  id: string;
  at: Date;
  lane: TimelineLane;
  /** A message that was sent and never answered. */
  lost?: boolean | undefined;
  /** A sentence in the past tense. */
  title: ReactNode;
  detail?: ReactNode;
  /** `proof` only with stored evidence among the links. */
  proof?: MarkKind | null | undefined;
  proofLabel?: string | undefined;
  tone?: Tone | undefined;
  /** Raw evidence. */
  links?: readonly { label: string; href: string }[] | undefined;
};

type Props = { entries: readonly TimelineItem[] /** In which order they are given. */; order?: "newest" | "oldest" };

/** Everything that happened, in three lanes: people, us, gateway. */
export function Timeline({ entries, order = "newest" }: Props) {
  return (
    <div className="timeline">
      <div className="timeline-head" aria-hidden="true">
        <span className="text-right">Hong Kong time</span>
        <span className="timeline-rail">
          <span>people</span>
          <span>us</span>
          <span>gateway</span>
        </span>
      </div>
      <ol aria-label={`Timeline, ${order} first`}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </div>
  );
}

const spokenLane: Record<TimelineLane, string> = {
  person: "A person",
  "person-to-us": "A person to us",
  "us-to-gateway": "We to the gateway",
  "gateway-to-us": "The gateway to us",
  state: "Change of state",
  note: "Note",
};

function Entry({ entry }: { entry: TimelineItem }) {
  const { at, lane, lost = false, title, detail, proof, tone, links = [] } = entry;
  return (
    <li className="timeline-entry">
      <div className="timeline-time">
        <Time at={at} />
      </div>
      <div className={classNames("timeline-rail", tone && toneText[tone])} aria-hidden="true">
        <i className="timeline-sign" data-lane={lane} data-lost={lost || undefined} />
      </div>
      <div className="timeline-text">
        <span className="sr-only">
          {spokenLane[lane]}
          {lost ? ", no answer" : ""}:{" "}
        </span>
        <div className="timeline-title">
          <span className={classNames(lane === "state" && "font-strong", lane === "state" && tone && toneText[tone])}>
            {title}
          </span>
          {proof ? (
            <ProofLabel kind={proof} tone={proof === "proof" ? "paid" : undefined}>
              {entry.proofLabel ?? (proof === "proof" ? "signature valid" : "our word alone")}
            </ProofLabel>
          ) : null}
        </div>
        {links.length > 0 ? (
          <div className="timeline-links">
            {links.map(({ label, href }) => (
              <Link key={`${label} ${href}`} href={href} className="link">
                {label}
              </Link>
            ))}
          </div>
        ) : null}
        {detail ? <div className="timeline-detail">{detail}</div> : null}
      </div>
    </li>
  );
}
