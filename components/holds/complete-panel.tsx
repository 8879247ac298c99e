"use client";

import { useActionState, useState } from "react";
import { SecondLook } from "@/components/payments/second-look";
import { Id } from "@/components/ui/id";
import { MoneyField } from "@/components/ui/money-field";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import { amountInWords } from "@/lib/domain/amount-in-words";
import type { Environment } from "@/lib/domain/environment";
import { amountForInput, formatMoney } from "@/lib/domain/money";

export type HoldPanelProps = {
  action: Action;
  environment: Environment;
  /** The payment's page, without the form. */
  path: string;
  hold: { id: string; heldAmount: number; currency: string };
  number: string;
  /** Why it cannot be sent now. */
  impossible: string | null;
};

/** Takes held money. The number in it is stored before the gateway hears of it. */
export function CompletePanel({
  action,
  environment,
  path,
  hold,
  impossible,
  isPartAllowed,
  ...props
}: HoldPanelProps & { isPartAllowed: boolean }) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  // A refresh of the page mints another number; the form keeps the one that it has shown.
  const [number] = useState(props.number);
  const [amount, setAmount] = useState<number | null>(hold.heldAmount);
  const { heldAmount, currency } = hold;
  const whole = amountForInput(heldAmount, currency);
  return (
    <Panel title="Complete the hold" environment={environment} closeHref={path}>
      <form ref={form} action={submit} className="grid gap-4">
        <HoldFields environment={environment} paymentId={hold.id} number={number} />
        {state.status === "refused" ? <Notice tone="failed" title={state.reason} live="alert" /> : null}
        {isPartAllowed ? (
          <MoneyField
            name="amount"
            label="Amount to take"
            size="panel"
            currency={currency}
            max={heldAmount}
            help={`At most ${formatMoney(heldAmount, currency)}, what is held`}
            defaultValue={entered(state, "amount") ?? whole}
            error={errorsOf(state, "amount")}
            onAmount={setAmount}
            autoFocus
          />
        ) : (
          <div className="text-13">
            <input type="hidden" name="amount" value={whole} />
            <p className="font-medium">{formatMoney(heldAmount, currency)}, all that is held</p>
            <p className="text-12 text-ink-2">
              {amountInWords(heldAmount, currency)}; {heldAmount} in minor units. This gateway takes a hold as a whole,
              as far as an admin has entered.
            </p>
            {errorsOf(state, "amount")?.map((message) => (
              <p key={message} className="text-12 text-failed">
                {message}
              </p>
            ))}
          </div>
        )}
        <SecondLook state={state} currency={currency} />
        <NumberLine number={number} />
        <SubmitButton size="lg" pendingLabel="Sending" disabledReason={impossible}>
          Take {amount === null ? "the money" : formatMoney(amount, currency)}
        </SubmitButton>
        <p className="text-12 leading-normal text-ink-3">
          This cannot be undone; taken money can only be refunded. If no clear answer comes it is not sent again: the
          gateway is asked until the order shows what happened.
        </p>
      </form>
    </Panel>
  );
}

export function HoldFields({
  environment,
  paymentId,
  number,
}: {
  environment: Environment;
  paymentId: string;
  number: string;
}) {
  return (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="paymentId" value={paymentId} />
      <input type="hidden" name="number" value={number} />
    </>
  );
}

export function NumberLine({ number }: { number: string }) {
  return (
    <div className="flex items-center justify-between gap-2 border-y border-line py-1.5 text-12">
      <span className="text-ink-3">Our number</span>
      <Id value={number} label="number of this act" />
    </div>
  );
}
