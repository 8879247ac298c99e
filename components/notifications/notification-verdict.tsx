import type { ReactNode } from "react";
import { VerdictLabel, verdictWord } from "@/components/states/verdict-label";
import { classNames } from "@/components/ui/class-names";
import { ProofLabel } from "@/components/ui/mark";
import type { Tone } from "@/components/ui/tone";
import type { VerdictSentences } from "./notification-sentences";

const border: Record<Tone, string> = {
  paid: "border-paid",
  wait: "border-wait",
  unclear: "border-unclear",
  failed: "border-failed",
  refunded: "border-refunded",
  closed: "border-closed",
};

type Props = {
  verdict: string;
  /** One of the credential's keys made its signature, and it can be read in one way only. */
  isProven: boolean;
  /** What its signature says about its author. */
  authorship: string;
  sentences: VerdictSentences;
  /** Stands under "What it did", such as a link to the order. */
  order: ReactNode;
  /** What can be done about it here. */
  action: ReactNode;
};

/** The verdict in plain words: what is the matter, what it did, what we did, what comes next, what to do. */
export function NotificationVerdict({ verdict, isProven, authorship, sentences, order, action }: Props) {
  const { tone } = verdictWord(verdict);
  return (
    <section aria-label="Verdict" className={classNames("border-t-[3px] pt-4", border[tone])}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12">
        <VerdictLabel verdict={verdict} size="heading" />
        <ProofLabel kind={isProven ? "proof" : "claim"} tone={isProven ? "paid" : undefined}>
          {authorship}
        </ProofLabel>
      </div>
      <p className="mt-2.5 mb-3 max-w-[56ch] text-20 leading-snug font-medium tracking-[-0.02em] break-words">
        {sentences.lead}
      </p>
      <p className="max-w-[64ch] leading-normal text-ink-2">{sentences.todo}</p>
      {action ? <div className="mt-4">{action}</div> : null}
      <dl className="mt-5 grid border-t border-line-2 text-13 leading-snug desk:grid-cols-3">
        <Part term="What it did">
          {sentences.itDid} {order}
        </Part>
        <Part term="What we did">{sentences.weDid}</Part>
        <Part term="What comes next">{sentences.next}</Part>
      </dl>
    </section>
  );
}

function Part({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="py-2.5 max-desk:border-b max-desk:border-line desk:pr-4 desk:pb-1 desk:[&+&]:border-l desk:[&+&]:border-line desk:[&+&]:pl-4">
      <dt className="text-12 text-ink-3">{term}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
