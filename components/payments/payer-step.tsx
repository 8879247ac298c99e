import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import type { Environment } from "@/lib/domain/environment";
import { formatMoney } from "@/lib/domain/money";
import { findWay, isBarCodeWay } from "@/lib/domain/way-codes";
import { CodeImage } from "./code-image";
import { type PayStep, payStepOf, webAddress } from "./pay-step";
import { QrCode } from "./qr-code";

type Props = {
  environment: Environment;
  payment: {
    mchOrderNo: string;
    wayCode: string;
    amount: number;
    currency: string;
    subject: string;
    payDataType: string | null;
    payData: string | null;
  };
  /** Where a form of the gateway may be opened without reaching this page. */
  formHref: string;
};

/** What the payer does now. What the gateway sent is drawn or linked, and never runs in this page. */
export function PayerStep({ environment, payment, formHref }: Props) {
  const step = payStepOf(payment.payDataType, payment.payData);
  const codeLabel = `Pay code for ${formatMoney(payment.amount, payment.currency)}, order ${payment.mchOrderNo}`;
  return (
    <div className="grid gap-3.5">
      <Step step={step} codeLabel={codeLabel} environment={environment} formHref={formHref} wayCode={payment.wayCode} />
      <p className="text-center text-13 text-ink-2">
        {findWay(payment.wayCode)?.payerDoes ?? "The payer pays"}. {payment.subject}
      </p>
    </div>
  );
}

type StepProps = { step: PayStep; codeLabel: string; environment: Environment; formHref: string; wayCode: string };

function Step({ step, codeLabel, environment, formHref, wayCode }: StepProps) {
  switch (step.kind) {
    case "qr":
      return (
        <>
          <QrCode text={step.text} label={codeLabel} />
          <div className="flex flex-wrap justify-center gap-2">
            <CopyButton value={step.text} label="text of the code">
              Copy the code’s text
            </CopyButton>
            {environment === "test" ? <TestAddress url={webAddress(step.text)} /> : null}
          </div>
        </>
      );
    case "image":
      return <CodeImage url={step.url} label={codeLabel} />;
    case "link":
      return (
        <div className="grid justify-items-center gap-3">
          <Open url={step.url} isPrimary>
            Open payment page
          </Open>
          <CopyButton value={step.url} label="link of the payment page">
            Copy the link
          </CopyButton>
          <QrCode text={step.url} label={`Link of the payment page for a phone, ${codeLabel}`} size="small" />
          {findWay(wayCode)?.manner === "phone-browser" ? (
            <p className="text-12 text-ink-3">
              Made for a phone’s browser. On a computer it may refuse; let the phone scan the small code.
            </p>
          ) : null}
        </div>
      );
    case "form":
      return (
        <div className="grid gap-3">
          <p className="text-13 text-ink-2">
            The gateway sent a form that opens its own page. It opens in a window of its own, cut off from this console.
          </p>
          <Open url={formHref} isPrimary>
            Open the gateway’s form
          </Open>
          <Source label="Source of the form" text={step.source} />
        </div>
      );
    case "app":
      return (
        <div className="grid gap-3">
          {step.redirectUrl ? (
            <Open url={step.redirectUrl} isPrimary>
              Open in the {step.app} app
            </Open>
          ) : null}
          <p className="text-13 text-ink-2">For the {step.app} app on the payer’s phone, as the gateway sent it:</p>
          <CodeBlock label={`Answer for the ${step.app} app`} wrap>
            {step.json}
          </CodeBlock>
          <CopyButton value={step.json} label="answer for the app" className="justify-self-start">
            Copy
          </CopyButton>
        </div>
      );
    case "unknown":
      return (
        <div className="grid gap-3">
          <p className="text-13 text-unclear">
            Unknown type {step.type === "" ? "(empty)" : <span className="mono">{step.type}</span>}: shown as it came.
          </p>
          <CodeBlock label="Data of an unknown type" wrap>
            {step.data}
          </CodeBlock>
          <CopyButton value={step.data} label="data" className="justify-self-start">
            Copy
          </CopyButton>
        </div>
      );
    case "none":
      return (
        <p className="text-13 text-ink-2">
          {isBarCodeWay(wayCode)
            ? "The code was sent. Some payers must confirm on their phone; the gateway is asked until it is certain."
            : "The gateway gave nothing to hand out. The result appears here as soon as it is known."}
        </p>
      );
  }
}

/** What a scan would open, for people who test without a phone. */
function TestAddress({ url }: { url: string | null }) {
  return url ? <Open url={url}>Testing? Open what the code says</Open> : null;
}

function Open({ url, isPrimary = false, children }: { url: string; isPrimary?: boolean; children: ReactNode }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      referrerPolicy="no-referrer"
      className="btn"
      data-variant={isPrimary ? "primary" : undefined}
      data-size={isPrimary ? "lg" : undefined}
    >
      <ExternalLink />
      {children}
    </a>
  );
}

function Source({ label, text }: { label: string; text: string }) {
  return (
    <details>
      <summary className="py-1 text-13 text-ink-2">{label}</summary>
      <CodeBlock label={label} wrap>
        {text}
      </CodeBlock>
    </details>
  );
}
