import { Bug, SquarePen } from "lucide-react";
import Link from "next/link";
import { SignedText } from "@/components/notifications/signed-text";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { LinkButton } from "@/components/ui/button";
import { CodeBlock, Digest } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { ProofLabel } from "@/components/ui/mark";
import { Section } from "@/components/ui/panel";
import { Seal } from "@/components/ui/seal";
import { visibleText } from "@/components/ui/visible-text";
import type { CallDetails } from "@/db/queries/call-page";
import type { CallExplanation } from "@/lib/payments/explain-call";
import { AnswerText } from "./answer-text";
import { CallOutcome } from "./call-outcome";
import { CallTimes } from "./call-times";
import { SentAsRead } from "./sent-as-read";

type Props = {
  call: CallDetails;
  explanation: CallExplanation;
  /** The address of the environment: `/test`. */
  root: string;
  /** Where the same request can be written anew, for whoever may. */
  composerHref?: string | null;
};

/** What came of a call, what came back, what was sent, and the text that was signed. */
export function CallReport({ call, explanation, root, composerHref = null }: Props) {
  const isProven = call.verification === "valid";
  const fields = Object.entries(call.requestFields);
  const isSentAsItStood = call.composedBy !== null && call.signedText === "";
  return (
    <>
      <section aria-label="Outcome" className="border-t border-line-2 pt-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12">
          <CallOutcome outcome={call.outcome} size="heading" />
          <ProofLabel kind={isProven ? "proof" : "claim"} tone={isProven ? "paid" : undefined}>
            {isProven ? "signature valid" : "proves nothing"}
          </ProofLabel>
        </div>
        <p className="mt-2.5 mb-2 max-w-[56ch] text-20 leading-snug font-medium tracking-[-0.02em]">
          {explanation.happened}
        </p>
        <p className="max-w-[64ch] leading-normal text-ink-2">{explanation.next}</p>
        <Subjects call={call} root={root} />
        <p className="mt-4 flex flex-wrap gap-2">
          <LinkButton href={`${root}/debugger?call=${call.id}`} icon={<Bug />}>
            {call.verification === "invalid" || explanation.isSignatureRefused
              ? "Why?"
              : "Open in the signature debugger"}
          </LinkButton>
          {composerHref ? (
            <LinkButton href={composerHref} icon={<SquarePen />}>
              Open in the request composer
            </LinkButton>
          ) : null}
        </p>
      </section>

      {call.timingsUs ? <CallTimes timingsUs={call.timingsUs} durationMs={call.durationMs} /> : null}

      <Section title="What came back">
        <DefinitionList
          rows={[
            { term: "HTTP status", value: call.httpStatus },
            { term: "Content type", value: call.contentType ? visibleText(call.contentType) : null },
            { term: "Code", value: call.code === null ? null : <span className="mono text-12">{call.code}</span> },
            {
              term: "Message",
              value: call.msg ? <span className="mono text-12 break-words">{visibleText(call.msg)}</span> : null,
            },
            { term: "Means", value: explanation.translation?.english },
            { term: "What to do", value: explanation.translation?.advice },
            { term: "Signature", value: explanation.verification },
          ]}
        />
        <div className="mt-3">
          <AnswerText text={call.answerText} />
        </div>
      </Section>

      <Section title="What was sent" caption="card numbers and payment codes masked">
        <DefinitionList
          rows={[
            { term: "Address", value: <Id value={call.url} label="address" /> },
            { term: "As", value: call.encoding === "json" ? "POST, JSON" : "POST, form" },
            { term: "Credential", value: call.credentialLabel },
            { term: "Written by", value: call.composedBy ? `${call.composedBy.name}, by hand` : null },
            { term: "Signed with", value: isSentAsItStood ? "nothing: sent as it stood" : <Key call={call} /> },
            {
              term: "Sign sent",
              value: isSentAsItStood ? <Digest value={call.sentSign === "" ? "none" : call.sentSign} /> : null,
            },
          ]}
        />
        {fields.length > 0 ? (
          <>
            <h3 className="mt-5 mb-1 text-13 font-semibold">Fields</h3>
            <DefinitionList
              rows={fields.map(([name, value]) => ({
                term: name,
                value: <span className="mono text-12 break-all whitespace-pre-wrap">{visibleText(value)}</span>,
              }))}
            />
          </>
        ) : null}
        {call.sentBody === null ? null : (
          <>
            <h3 className="mt-5 mb-2 text-13 font-semibold">Body</h3>
            <CodeBlock label="The body as it was sent" wrap>
              {visibleText(call.sentBody)}
            </CodeBlock>
          </>
        )}
      </Section>

      <SentAsRead call={call} />

      {call.signedText === "" ? null : (
        <Section title="Text that was signed" caption="key hidden">
          <SignedText text={call.signedText} label="The text that was signed" keyName={`key ${call.secretVersion}`} />
          <div className="mt-2">
            <DefinitionList
              rows={[
                {
                  term: "Sign sent",
                  value:
                    call.sentSign === "" ? (
                      "not kept: it was made with a production key for a request written by hand"
                    ) : (
                      <Digest value={call.sentSign} />
                    ),
                },
              ]}
            />
          </div>
        </Section>
      )}
    </>
  );
}

function Subjects({ call: { payment, refund }, root }: { call: CallDetails; root: string }) {
  if (!payment && !refund) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
      {payment ? (
        <>
          <Link href={`${root}/payments/${payment.id}`} className="link mono py-1 text-12">
            {payment.mchOrderNo}
          </Link>
          <PaymentStateLabel state={payment.state} />
        </>
      ) : null}
      {refund ? (
        <>
          <Link href={`${root}/refunds/${refund.id}`} className="link mono py-1 text-12">
            {refund.mchRefundNo}
          </Link>
          <RefundStateLabel state={refund.state} />
        </>
      ) : null}
    </p>
  );
}

function Key({ call: { secretVersion, secretFingerprint, secretLastFour } }: { call: CallDetails }) {
  return (
    <>
      {secretFingerprint ? <Seal fingerprint={secretFingerprint} size={24} /> : null}
      <span>key {secretVersion}</span>
      {secretFingerprint ? <Id value={secretFingerprint} copy={false} /> : null}
      {secretLastFour ? <span className="mono text-12 text-ink-3">…{secretLastFour}</span> : null}
    </>
  );
}
