import { CircleQuestionMark, Hourglass } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Amount } from "@/components/money/amount";
import { CustomerWords } from "@/components/payments/customer-words";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { ProofLabel } from "@/components/ui/mark";
import { ErrorNotice, Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { RefundDetails } from "@/db/queries/refund-page";
import { formatMoney } from "@/lib/domain/money";
import { refundStateOf } from "@/lib/domain/refund-state";
import type { Translation } from "@/lib/payments/explain-call";
import { refundAttention, refundCertainty, refundCustomerSentences, refundMeaning } from "./refund-sentences";
import { RefundWait } from "./refund-wait";

type Props = {
  refund: RefundDetails /** The gateway's words about a failure, in English. */;
  translation: Translation | null;
  now: Date;
  /** Takes it back, while that is possible. */
  stop: ReactNode;
  /** How a person says that what is loud was looked at; null for those who may not. */
  settleForm: ReactNode;
  /** Of the payment it belongs to. */
  paymentHref: string;
};

/** How much, where it stands, who says so, what it means, and when it will be certain. */
export function RefundHead({ refund, translation, now, stop, settleForm, paymentHref }: Props) {
  const attention = refundAttention(refund);
  const certainty = refundCertainty(refund);
  const isNews = refund.payment.attention === "refunded-elsewhere";
  const sum = formatMoney(refund.amount, refund.currency);
  return (
    <header className="grid gap-3.5">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <h1 className="leading-none tracking-normal">
          <span className="sr-only">Refund of </span>
          <Amount amount={refund.amount} currency={refund.currency} size="big" />
        </h1>
        <div className="grid gap-[3px] pb-[7px]">
          <RefundStateLabel state={refund.state} size="heading" />
          <Proof refund={refund} />
        </div>
      </div>
      {attention ? (
        <Notice tone="unclear" title={attention.title}>
          {attention.text}
          {settleForm}
        </Notice>
      ) : null}
      {refund.state === "prepared" ? (
        <Notice
          tone="wait"
          title={
            <>
              {sum} <RefundWait refund={refund} serverNow={now} />
            </>
          }
          actions={stop}
        />
      ) : null}
      {refund.origin === "elsewhere" ? (
        <Notice tone={isNews ? "unclear" : "closed"} title="Made outside this console.">
          Somebody refunded at the gateway’s own side, or another system did. We learned of it from the gateway, and
          count it.{" "}
          {isNews ? (
            <>
              Nobody has looked at it yet:{" "}
              <Link href={paymentHref} className="link">
                say on its payment what you found
              </Link>
              .
            </>
          ) : null}
        </Notice>
      ) : null}
      {refund.state === "unclear" ? (
        <Notice tone="unclear" icon={<CircleQuestionMark />} title={`We do not know yet whether ${sum} went back.`}>
          {refundMeaning(refund)}
        </Notice>
      ) : null}
      {refund.state === "failed" ? (
        <ErrorNotice
          title="The refund failed."
          money={refundMeaning(refund)}
          todo={translation?.advice}
          code={refund.errCode}
          original={refund.errMsg}
          translation={translation?.english}
        />
      ) : null}
      {refund.state === "failed" || refund.state === "unclear" ? null : (
        <p className="max-w-[62ch] text-16 leading-normal">{refundMeaning(refund)}</p>
      )}
      {certainty ? (
        <p className="flex gap-2 text-13 text-ink-2">
          <Hourglass className="mt-px size-3.5 flex-none" />
          <span>
            {certainty.text}
            {certainty.at ? (
              <>
                {" "}
                <Time at={certainty.at} />.
              </>
            ) : null}
            {refund.nextAskAt ? (
              <>
                {" "}
                Next question to the gateway: <Time at={refund.nextAskAt} />.
              </>
            ) : null}
          </span>
        </p>
      ) : null}
      <CustomerWords sentences={refundCustomerSentences(refund.state)} />
    </header>
  );
}

/** Two strokes only where a message whose signature we verified says so. */
function Proof({ refund: { provenBy, changedAt, gatewayState } }: { refund: RefundDetails }) {
  const isStranger = gatewayState !== null && refundStateOf(gatewayState) === null;
  return (
    <span className="text-12">
      {provenBy ? (
        <ProofLabel kind="proof">
          <span>
            countersigned by the gateway, <Time at={changedAt} kind="exact" />
          </span>
        </ProofLabel>
      ) : (
        <ProofLabel kind="claim">only we say so</ProofLabel>
      )}
      {isStranger ? (
        <span className="mt-1 block text-ink-2">
          The gateway says <span className="mono">state={gatewayState}</span>, which nobody has explained to us.
        </span>
      ) : null}
    </span>
  );
}
