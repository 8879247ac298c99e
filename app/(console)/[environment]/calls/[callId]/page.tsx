import { Bug } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AnswerText } from "@/components/calls/answer-text";
import { CallOutcome } from "@/components/calls/call-outcome";
import { CallTimes } from "@/components/calls/call-times";
import { CallTries } from "@/components/calls/call-tries";
import { operationOf } from "@/components/calls/operations";
import { SignedText } from "@/components/notifications/signed-text";
import { pageMetadata } from "@/components/shell/page-metadata";
import { RequestAsCode } from "@/components/snippets/request-as-code";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Digest } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { ProofLabel } from "@/components/ui/mark";
import { Section } from "@/components/ui/panel";
import { Seal } from "@/components/ui/seal";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/components/ui/time-format";
import { visibleText } from "@/components/ui/visible-text";
import { type CallDetails, findCall, listTries } from "@/db/queries/call-page";
import { requireScope } from "@/lib/auth/require-viewer";
import { GatewayCallId } from "@/lib/domain/ids";
import { explainCall } from "@/lib/payments/explain-call";
import { snippetOfCall } from "@/lib/snippets/snippet-of-message";

type Props = { params: Promise<{ environment: string; callId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Gateway call", (await params).environment);
}

export default async function CallPage({ params }: Props) {
  const { environment: named, callId } = await params;
  const scope = await requireScope(named, "calls:read");
  const id = GatewayCallId.safeParse(callId);
  const call = id.success ? await findCall(scope, id.data) : null;
  if (!call) notFound();

  const tries = await listTries(scope, call);
  const root = `/${scope.environment}`;
  const operation = operationOf(call.operation);
  const explanation = explainCall(call);
  const isProven = call.verification === "valid";
  const fields = Object.entries(call.requestFields);
  const encoding = call.encoding === "form" ? "form" : "json";
  const program = snippetOfCall(call.requestFields, { url: call.url, encoding });

  return (
    <article className="max-w-[940px]">
      <Breadcrumb
        items={[
          { label: "Gateway calls", href: `${root}/calls` },
          { label: <span className="mono text-12">{operation.path}</span> },
        ]}
      />
      <h1>{operation.label}</h1>
      <p className="mt-1 mb-4 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
        <Time at={call.startedAt} kind="evidence" />
        <span>took {formatDuration(call.durationMs)}</span>
        <span>{call.httpStatus === null ? "no HTTP status came" : `HTTP ${call.httpStatus}`}</span>
      </p>
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
        <p className="mt-4">
          <LinkButton href={`${root}/debugger?call=${call.id}`} icon={<Bug />}>
            {call.verification === "invalid" ? "Why?" : "Open in the signature debugger"}
          </LinkButton>
        </p>
      </section>

      {call.timingsUs ? <CallTimes timingsUs={call.timingsUs} /> : null}

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
            { term: "Signed with", value: <Key call={call} /> },
          ]}
        />
        <h3 className="mt-5 mb-1 text-13 font-semibold">Fields</h3>
        <DefinitionList
          rows={fields.map(([name, value]) => ({
            term: name,
            value: <span className="mono text-12 break-all whitespace-pre-wrap">{visibleText(value)}</span>,
          }))}
        />
      </Section>

      {call.signedText === "" ? null : (
        <Section title="Text that was signed" caption="key hidden">
          <SignedText text={call.signedText} label="The text that was signed" keyName={`key ${call.secretVersion}`} />
          <div className="mt-2">
            <DefinitionList rows={[{ term: "Sign sent", value: <Digest value={call.sentSign} /> }]} />
          </div>
        </Section>
      )}

      <CallTries tries={tries} current={call.id} path={`${root}/calls`} />

      {program.ok ? (
        <RequestAsCode
          program={program.value}
          note="A number that was used once is refused the second time, and what is masked above is masked here."
        />
      ) : null}
    </article>
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
