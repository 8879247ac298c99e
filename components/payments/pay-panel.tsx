import { Amount } from "@/components/money/amount";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { Countdown } from "@/components/ui/countdown";
import { EnvironmentBand } from "@/components/ui/environment-band";
import type { PaymentPage } from "@/db/queries/payment-page";
import { nextPaymentAsk } from "@/lib/domain/ask-schedule";
import type { Environment } from "@/lib/domain/environment";
import { payStepOf } from "./pay-step";
import { PayerStep } from "./payer-step";
import { standingOf } from "./payment-facts";

type Props = { environment: Environment; payment: PaymentPage; path: string };

/** What the payer does now and how long there is time, while nobody knows the outcome. */
export function PayPanel({ environment, payment, path }: Props) {
  const { kind } = payStepOf(payment.payDataType, payment.payData);
  return (
    <section aria-label="The payer’s next step" className="overflow-hidden rounded-3 border border-edge bg-paper">
      <EnvironmentBand environment={environment} />
      <div className="grid gap-5 p-6 max-desk:p-4">
        <div className="flex flex-wrap items-baseline justify-between gap-2">
          <PaymentStateLabel {...standingOf(payment)} size="heading" />
          <Amount amount={payment.amount} currency={payment.currency} className="text-20 font-medium" />
        </div>
        {payment.state === "prepared" || payment.state === "unclear" ? (
          <p className="text-13 text-ink-2">
            Nothing can be handed to the payer before the gateway has answered. It appears here by itself.
          </p>
        ) : (
          <PayerStep environment={environment} payment={payment} formHref={`${path}/pay-form`} />
        )}
        <Countdown
          startedAt={payment.createdAt}
          until={payment.expiresAt}
          label={kind === "qr" || kind === "image" ? "Code good for another" : "Order good for another"}
          endedLabel="Time is up; the gateway has the last word"
          asks={questionsUntil(payment)}
        />
        <p className="text-12 text-ink-3">
          The result shows here within a second of our knowing, by notification or by asking, whichever is first.
        </p>
      </div>
    </section>
  );
}

/** About when the gateway is asked while nothing happens; the real moments are spread a little. */
function questionsUntil({ createdAt, expiresAt }: PaymentPage): Date[] {
  const questions: Date[] = [];
  let at = createdAt;
  for (let askCount = 0; askCount < 40; askCount += 1) {
    const delay = nextPaymentAsk({ state: "waiting", expiresAt, askCount }, at, 0.5);
    if (delay === "never") break;
    at = new Date(at.getTime() + delay);
    if (at >= expiresAt) break;
    questions.push(at);
  }
  return questions;
}
