import Link from "next/link";
import type { ReactNode } from "react";
import { Amount } from "@/components/money/amount";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { RequestStateLabel } from "@/components/states/request-state-label";
import { CodeBlock } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/components/ui/time-format";
import type { PaymentPage, PaymentRefund } from "@/db/queries/payment-page";
import type { PaymentRequest } from "@/db/queries/refund-requests";
import { findWay } from "@/lib/domain/way-codes";

type NumbersProps = { payment: PaymentPage; refunds: readonly PaymentRefund[] };

/** Every number somebody may quote. */
export function PaymentNumbers({ payment, refunds }: NumbersProps) {
  const number = (value: string | null, label: string) => (value ? <Id value={value} label={label} /> : null);
  return (
    <Facts title="Numbers">
      <DefinitionList
        rows={[
          { term: "Merchant order", value: number(payment.mchOrderNo, "merchant order number") },
          { term: "Gateway order", value: number(payment.payOrderId, "gateway order number") },
          { term: "Channel order", value: number(payment.channelOrderNo, "channel order number") },
          { term: "Merchant", value: number(payment.mchNo, "merchant number") },
          ...refunds.map((refund, index) => ({
            term: refunds.length === 1 ? "Refund" : `Refund ${refunds.length - index}`,
            value: number(refund.mchRefundNo, "refund number"),
          })),
        ]}
      />
    </Facts>
  );
}

type OrderProps = { payment: PaymentPage; root: string; maySeeCredential: boolean; maySeeEvents: boolean };

/** What was ordered, as it was sent. */
export function OrderFacts({ payment, root, maySeeCredential, maySeeEvents }: OrderProps) {
  const way = findWay(payment.wayCode);
  return (
    <Facts title="Order">
      <DefinitionList
        rows={[
          { term: "Subject", value: payment.subject },
          { term: "Description", value: payment.body === payment.subject ? null : payment.body },
          {
            term: "Way",
            value: (
              <>
                <span className="mono text-12">{payment.wayCode}</span> {way ? `${way.wallet}, ${way.hint}` : null}
              </>
            ),
          },
          {
            term: "Credential",
            value: maySeeCredential ? (
              <Link className="link" href={`${root}/settings/credentials/${payment.credentialId}`}>
                {payment.credentialLabel}
              </Link>
            ) : (
              payment.credentialLabel
            ),
          },
          { term: "Created", value: <Time at={payment.createdAt} /> },
          { term: "By", value: payment.createdByName ?? (payment.isAdopted ? "found at the gateway" : null) },
          { term: "Paid", value: payment.paidAt ? <Time at={payment.paidAt} /> : null },
          { term: "Good for", value: formatDuration(payment.expiredTimeSeconds * 1000) },
          {
            term: "Payer’s IP",
            value: payment.clientIp ? <span className="mono text-12">{payment.clientIp}</span> : null,
          },
          {
            term: "Notify address",
            value: payment.notifyUrl ? <Id value={payment.notifyUrl} label="notify address" /> : null,
          },
          {
            term: "Notification",
            value: (
              <Link className="link" href={`${root}/doctor/payments/${payment.id}`}>
                No notification? Find out why
              </Link>
            ),
          },
          {
            term: "Return address",
            value: payment.returnUrl ? <Id value={payment.returnUrl} label="return address" /> : null,
          },
          { term: "extParam", value: payment.extParam },
          {
            term: "Events",
            value:
              maySeeEvents && payment.hasEvents ? (
                <Link className="link" href={`${root}/settings/events/deliveries?payment=${payment.id}`}>
                  What your systems were told
                </Link>
              ) : null,
          },
        ]}
      />
      {payment.channelExtra ? (
        <div className="mt-3 grid gap-1.5">
          <h3 className="text-12 font-medium text-ink-2">channelExtra, as sent</h3>
          <CodeBlock label="channelExtra" wrap>
            {payment.channelExtra}
          </CodeBlock>
        </div>
      ) : null}
    </Facts>
  );
}

/** In the narrow column the white space alone separates. */
function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8 first:mt-0 max-wide:mt-8">
      <h2 className="mb-1.5">{title}</h2>
      {children}
    </section>
  );
}

/** The refunds, newest first, each with its own page. */
export function RefundsOfPayment({ refunds, root }: { refunds: readonly PaymentRefund[]; root: string }) {
  if (refunds.length === 0) return null;
  return (
    <Section title="Refunds">
      <ul>
        {refunds.map((refund) => (
          <li
            key={refund.id}
            className="grid min-h-(--row) grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2 text-13 desk:grid-cols-[180px_minmax(0,1fr)_auto_150px]"
          >
            <RefundStateLabel
              state={refund.state}
              note={refund.origin === "elsewhere" ? "Made outside this console" : undefined}
            />
            <span className="max-desk:order-3">
              <Id value={refund.mchRefundNo} label="refund number" href={`${root}/refunds/${refund.id}`} />
            </span>
            <Amount amount={refund.amount} currency={refund.currency} className="text-right font-medium" />
            <span className="text-right text-12 text-ink-3 max-desk:order-4">
              <Time at={refund.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Refunds that were asked for and are none: those that wait for a second person, and those that got a no. */
export function RequestsOfPayment({ requests, root }: { requests: readonly PaymentRequest[]; root: string }) {
  if (requests.length === 0) return null;
  return (
    <Section title="Asked for, not refunded" caption="a second person decides">
      <ul>
        {requests.map((request) => (
          <li
            key={request.id}
            className="grid min-h-(--row) grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2 text-13 desk:grid-cols-[180px_minmax(0,1fr)_auto_150px]"
          >
            <RequestStateLabel state={request.state} />
            <span className="max-desk:order-3">
              <Id value={request.mchRefundNo} label="refund number" href={`${root}/approvals/${request.id}`} />
            </span>
            <Amount amount={request.amount} currency={request.currency} className="text-right font-medium" />
            <span className="text-right text-12 text-ink-3 max-desk:order-4">
              <Time at={request.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
