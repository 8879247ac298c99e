import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";
import type { Climb, Evidence, Finding, Who } from "@/lib/doctor/ladder";
import { toneOf, WeightLabel } from "./weight-label";

type Props = {
  climb: Climb;
  /** The environment's path, such as `/test`. */
  root: string;
  /** Credentials have pages for some only. */
  maySeeCredentials: boolean;
};

const border = {
  paid: "border-paid",
  wait: "border-wait",
  unclear: "border-unclear",
  failed: "border-failed",
  refunded: "border-refunded",
  closed: "border-closed",
} as const;

/** One sentence with the cause, what proves it, and who does what. Then what else was seen, and what it is not. */
export function Diagnosis({ climb: { cause, remarks, ruledOut }, root, maySeeCredentials }: Props) {
  return (
    <section aria-label="Diagnosis" className={classNames("border-t-[3px] pt-4", border[toneOf(cause.weight)])}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12">
        <WeightLabel weight={cause.weight} />
        {cause.id ? <span className="mono text-ink-3">{cause.id}</span> : null}
      </div>
      <p className="mt-2.5 mb-3 max-w-[56ch] text-20 leading-snug font-medium tracking-[-0.02em] [overflow-wrap:anywhere]">
        {visibleText(cause.sentence)}
      </p>
      <FixLine finding={cause} />
      <EvidenceList evidence={cause.evidence} root={root} maySeeCredentials={maySeeCredentials} />
      {remarks.length > 0 ? (
        <div className="mt-6">
          <h3 className="text-13 font-semibold">Also seen</h3>
          <ul className="mt-1 grid">
            {remarks.map((remark) => (
              <li
                key={`${remark.id} ${remark.sentence}`}
                className="border-b border-line py-2.5 text-13 leading-normal"
              >
                <span className="[overflow-wrap:anywhere]">{visibleText(remark.sentence)}</span>{" "}
                <span className="text-ink-2">{remark.fix.does}</span>{" "}
                {remark.id ? <span className="mono text-12 text-ink-3">{remark.id}</span> : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {ruledOut.length > 0 ? (
        <details className="mt-5 text-13">
          <summary className="cursor-pointer py-1 text-ink-2">Looked for and not found: {ruledOut.length}</summary>
          <ul className="mt-1 grid list-disc gap-1 pl-5 text-ink-2">
            {ruledOut.map(({ id, looksFor }) => (
              <li key={`${id} ${looksFor}`}>
                {looksFor} {id ? <span className="mono text-12 text-ink-3">{id}</span> : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const people: Record<Who, string> = {
  nobody: "Nobody",
  "this-console": "Whoever runs this console",
  "order-maker": "Whoever makes the orders",
  network: "Whoever runs the network in front of this console",
  gateway: "Together with the gateway's support",
};

function FixLine({ finding: { fix } }: { finding: Finding }) {
  return (
    <p className="max-w-[64ch] leading-normal text-ink-2 [overflow-wrap:anywhere]">
      {fix.who === "nobody" ? null : <b className="font-strong text-ink">{people[fix.who]}: </b>}
      {fix.does}
    </p>
  );
}

type ListProps = { evidence: readonly Evidence[] } & Pick<Props, "root" | "maySeeCredentials">;

function EvidenceList({ evidence, root, maySeeCredentials }: ListProps) {
  if (evidence.length === 0) return null;
  return (
    <ul aria-label="Evidence" className="mt-4 grid border-t border-line-2 text-13">
      {evidence.map(({ says, at, link }) => (
        <li
          key={`${says} ${link?.id ?? ""}`}
          className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line py-2"
        >
          <span className="min-w-0 [overflow-wrap:anywhere]">{visibleText(says)}</span>
          {at ? <Time at={at} kind="evidence" className="text-12 text-ink-3" /> : null}
          {link && (link.to !== "credential" || maySeeCredentials) ? (
            <Link href={`${root}/${places[link.to]}/${link.id}`} className="link py-1 text-12">
              {labels[link.to]}
            </Link>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

type Place = NonNullable<Evidence["link"]>["to"];

const places: Record<Place, string> = {
  notification: "notifications",
  call: "calls",
  payment: "payments",
  refund: "refunds",
  credential: "settings/credentials",
};

const labels: Record<Place, string> = {
  notification: "Notification",
  call: "Call",
  payment: "Payment",
  refund: "Refund",
  credential: "Credential",
};
