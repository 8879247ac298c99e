import { Hourglass, Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Amount } from "@/components/money/amount";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { LinkButton } from "@/components/ui/button";
import { ProofLabel } from "@/components/ui/mark";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { PaymentRefund } from "@/db/queries/payment-page";
import type { PaymentRequest } from "@/db/queries/refund-requests";
import { paymentStateOf } from "@/lib/domain/payment-state";
import { customerSentences } from "./customer-sentences";
import { CustomerWords } from "./customer-words";
import { isReleased, type PaymentFacts, proofOf, refundInFlight, standingOf } from "./payment-facts";
import { attentionOf, meaningOf, nextOf } from "./payment-sentences";
import { Upcoming } from "./upcoming";

type Props = {
  payment: PaymentFacts & { gatewayState: number | null };
  refunds: readonly PaymentRefund[];
  requests: readonly PaymentRequest[];
  /** The message behind the last change, when it is among the entries shown. */
  proof: { at: Date; href: string } | null;
  now: Date;
  /** Where a refund begins, when one is possible and the person may. */
  refundHref: string | null;
  /** State numbers that an admin has entered as the gateway's own words about holds. */
  enteredStates: readonly number[];
  /** How a person says that what is loud was looked at; null for those who may not. */
  settleForm: ReactNode;
};

/** What it is and where it stands, in one glance: sum, state, who says so, what it means, what happens next. */
export function PaymentHead({ payment, refunds, requests, proof, now, refundHref, enteredStates, settleForm }: Props) {
  const attention = attentionOf(payment);
  const next = nextOf(payment, refunds);
  return (
    <header className="grid gap-3.5">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <h1 className="leading-none tracking-normal">
          <Amount amount={payment.amount} currency={payment.currency} size="big" />
        </h1>
        <div className="grid gap-[3px] pb-[7px]">
          <PaymentStateLabel {...standingOf(payment)} size="heading" />
          <Proof payment={payment} proof={proof} enteredStates={enteredStates} />
        </div>
      </div>
      {attention ? (
        <Notice
          tone="unclear"
          title={attention.title}
          actions={
            refundHref && payment.attention?.startsWith("paid-after") ? (
              <LinkButton href={refundHref} scroll={false}>
                Give it back
              </LinkButton>
            ) : null
          }
        >
          {attention.text}
          {settleForm}
        </Notice>
      ) : null}
      <p className="max-w-[62ch] text-16 leading-normal">{meaningOf(payment, { refunds, requests }, now)}</p>
      {next ? (
        <p className="flex gap-2 text-13 text-ink-2">
          <Hourglass className="mt-px size-3.5" />
          <span>
            {next.text} <Upcoming at={next.at} />. {next.after}
          </span>
        </p>
      ) : null}
      <CustomerWords
        sentences={customerSentences(payment.state, {
          isRefunding: refundInFlight(refunds) !== null,
          isPartRefunded: payment.refundedAmount > 0,
          isReleased: isReleased(payment),
        })}
      />
    </header>
  );
}

/** Two strokes only where a message whose signature we verified says so. */
function Proof({ payment, proof, enteredStates }: Pick<Props, "payment" | "proof" | "enteredStates">) {
  const { gatewayState } = payment;
  const isStranger =
    gatewayState !== null && paymentStateOf(gatewayState) === null && !enteredStates.includes(gatewayState);
  return (
    <span className="text-12">
      {proofOf(payment) ? (
        <ProofLabel kind="proof">
          {proof ? (
            <Link href={proof.href} className="hover:text-ink hover:underline">
              countersigned by the gateway, <Time at={proof.at} kind="exact" />
            </Link>
          ) : (
            "countersigned by the gateway"
          )}
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

/** A payment that ended without money can be tried again with what was typed. */
export function TryAgain({ href }: { href: string }) {
  return (
    <p className="mt-4">
      <LinkButton href={href} icon={<Plus />}>
        New payment with the same details
      </LinkButton>
    </p>
  );
}
