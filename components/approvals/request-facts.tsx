import Link from "next/link";
import { Amount } from "@/components/money/amount";
import { AmountSaid } from "@/components/money/amount-said";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RequestStateLabel } from "@/components/states/request-state-label";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Time } from "@/components/ui/time";
import type { RequestDetails } from "@/db/queries/refund-requests";
import { formatMoney } from "@/lib/domain/money";
import { refundReasonLabel } from "@/lib/domain/refund-reasons";

/** How much is asked for, and where the request stands. */
export function RequestHead({ request, refundHref }: { request: RequestDetails; refundHref: string | null }) {
  const sum = formatMoney(request.amount, request.currency);
  return (
    <header className="grid gap-3.5">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <h1 className="leading-none tracking-normal">
          <span className="sr-only">Request to refund </span>
          <Amount amount={request.amount} currency={request.currency} size="big" />
        </h1>
        <div className="pb-[7px]">
          <RequestStateLabel state={request.state} size="heading" />
        </div>
      </div>
      <AmountSaid amount={request.amount} currency={request.currency} />
      <p className="max-w-[62ch] text-16 leading-normal">
        {request.makerName ?? "Somebody"} asks to give {sum} back. {meanings[request.state]}
      </p>
      {refundHref ? (
        <p>
          <Link href={refundHref} className="link">
            See the refund
          </Link>
        </p>
      ) : null}
    </header>
  );
}

const meanings: Record<RequestDetails["state"], string> = {
  open: "Nothing is sent and nothing is set aside before a second person approves it.",
  approved: "A second person approved it.",
  declined: "A second person declined it. Nothing was sent.",
  withdrawn: "It was taken back. Nothing was sent.",
};

/** Who asks, why, why it needs a second person, and what the decision was. */
export function RequestFacts({ request }: { request: RequestDetails }) {
  return (
    <DefinitionList
      rows={[
        { term: "Asked for by", value: request.makerName },
        { term: "Why two people", value: request.because },
        { term: "Reason", value: refundReasonLabel(request.reason) },
        { term: "Note", value: request.note },
        { term: "Asked at", value: <Time at={request.createdAt} /> },
        {
          term: "Revision",
          value:
            request.revision === 1 ? (
              "1, as first asked for"
            ) : (
              <span>
                {request.revision}, changed <Time at={request.changedAt} />
              </span>
            ),
        },
        { term: "Refund number", value: <Id value={request.mchRefundNo} label="refund number" /> },
        { term: "Decided by", value: request.deciderName },
        { term: "Decided", value: request.decidedAt ? <Time at={request.decidedAt} /> : null },
        { term: "Their note", value: request.decisionNote },
      ]}
    />
  );
}

/** The payment that the money would come from. */
export function RequestPayment({ request, href }: { request: RequestDetails; href: string }) {
  const { payment, currency } = request;
  return (
    <DefinitionList
      rows={[
        {
          term: "Order",
          value: (
            <Link href={href} className="link mono py-1 text-12">
              {payment.mchOrderNo}
            </Link>
          ),
        },
        {
          term: "State",
          value: (
            <PaymentStateLabel
              state={payment.state}
              isPartRefunded={payment.state === "paid" && payment.refundedAmount > 0}
            />
          ),
        },
        { term: "Subject", value: payment.subject },
        { term: "Way", value: <span className="mono text-12">{payment.wayCode}</span> },
        { term: "Paid", value: <Amount amount={payment.amount} currency={currency} /> },
        { term: "Paid at", value: payment.paidAt ? <Time at={payment.paidAt} /> : null },
        { term: "Refunded", value: <Amount amount={payment.refundedAmount} currency={currency} /> },
        {
          term: "Left to refund",
          value: <Amount amount={payment.amount - payment.reservedAmount} currency={currency} />,
        },
      ]}
    />
  );
}
