import Link from "next/link";
import { Amount } from "@/components/money/amount";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Time } from "@/components/ui/time";
import type { RefundDetails } from "@/db/queries/refund-page";
import { refundReasonLabel } from "@/lib/domain/refund-reasons";

type Props = {
  refund: RefundDetails;
  /** Of the environment, `/test`. */
  root: string;
  /** Whether this person may open the plan that it belongs to. */
  maySeePlan: boolean;
  maySeeEvents: boolean;
};

/** All numbers with copy, why the money goes back, and the payment it belongs to. */
export function RefundFacts({ refund, root, maySeePlan, maySeeEvents }: Props) {
  const paymentHref = `${root}/payments/${refund.paymentId}`;
  const { payment } = refund;
  return (
    <div className="grid gap-8">
      <section aria-labelledby="numbers">
        <h2 id="numbers" className="mb-1">
          Numbers
        </h2>
        <DefinitionList
          rows={[
            { term: "Our refund", value: <Id value={refund.mchRefundNo} label="refund number" /> },
            number("Gateway refund", refund.refundOrderId),
            number("Channel refund", refund.channelOrderNo),
            number("Our order", payment.mchOrderNo),
            number("Gateway order", payment.payOrderId),
          ]}
        />
      </section>
      <section aria-labelledby="reason">
        <h2 id="reason" className="mb-1">
          Refund
        </h2>
        <DefinitionList
          rows={[
            { term: "Reason", value: refund.reason === "" ? null : refundReasonLabel(refund.reason) },
            { term: "Note", value: refund.note },
            { term: "Made", value: origins[refund.origin] },
            { term: "Plan", value: refund.plan && <Plan plan={refund.plan} root={root} mayOpen={maySeePlan} /> },
            { term: "Asked for by", value: refund.createdByName },
            { term: "Approved by", value: refund.approvedByName },
            {
              term: "Request",
              value: refund.requestId && (
                <Link href={`${root}/approvals/${refund.requestId}`} className="link py-1">
                  How it was approved
                </Link>
              ),
            },
            { term: "Credential", value: refund.credentialLabel },
            {
              term: "Notification",
              value: (
                <Link href={`${root}/doctor/payments/${refund.paymentId}`} className="link py-1">
                  No notification? Find out why
                </Link>
              ),
            },
            {
              term: "Events",
              value:
                maySeeEvents && refund.hasEvents ? (
                  <Link href={`${root}/settings/events/deliveries?refund=${refund.id}`} className="link py-1">
                    What your systems were told
                  </Link>
                ) : null,
            },
            { term: "Created", value: <Time at={refund.createdAt} kind="evidence" /> },
            { term: "First sent", value: refund.sentAt ? <Time at={refund.sentAt} kind="evidence" /> : null },
            {
              term: "Times sent",
              value: refund.sendCount > 0 ? `${refund.sendCount}, always under the same number` : null,
            },
            {
              term: "Succeeded",
              value: refund.succeededAt ? <Time at={refund.succeededAt} kind="evidence" /> : null,
            },
          ]}
        />
      </section>
      <section aria-labelledby="payment">
        <h2 id="payment" className="mb-1">
          Payment
        </h2>
        <DefinitionList
          rows={[
            {
              term: "Order",
              value: (
                <Link href={paymentHref} className="link mono py-1 text-12">
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
            { term: "Paid", value: <Amount amount={payment.amount} currency={refund.currency} /> },
            { term: "Refunded", value: <Amount amount={payment.refundedAmount} currency={refund.currency} /> },
            {
              term: "Left to refund",
              value: <Amount amount={payment.amount - payment.reservedAmount} currency={refund.currency} />,
            },
            { term: "Way", value: <span className="mono text-12">{payment.wayCode}</span> },
            { term: "Subject", value: payment.subject },
          ]}
        />
      </section>
    </div>
  );
}

function Plan({ plan, root, mayOpen }: { plan: { id: string; label: string }; root: string; mayOpen: boolean }) {
  if (!mayOpen) return plan.label;
  return (
    <Link href={`${root}/refund-plans/${plan.id}`} className="link py-1">
      {plan.label}
    </Link>
  );
}

const origins = {
  console: null,
  plan: "By a plan of many refunds",
  elsewhere: "Outside this console",
} as const;

function number(term: string, value: string | null) {
  return { term, value: value === null ? null : <Id value={value} label={term.toLowerCase()} /> };
}
