"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import { amountInWords } from "@/lib/domain/amount-in-words";
import { formatMoney, parseAmount } from "@/lib/domain/money";

type Props = { state: ActionState; currency: string };

/**
 * The server's question about a sum that looks like a slip of units. The box carries the sum it was asked about, so an
 * answer never counts for another one.
 */
export function SecondLook({ state, currency }: Props) {
  const question = errorsOf(state, "secondLook")?.[0];
  const looked = entered(state, "secondLook") ?? "";
  const amount = parseAmount(entered(state, "amount") ?? "", currency);
  if (!amount.ok || (question === undefined && looked !== String(amount.value))) return null;
  const sum = formatMoney(amount.value, currency);
  return (
    <Notice tone="unclear" title={`Look twice: is it ${sum}?`} live="alert">
      {question ? <p>{question}</p> : null}
      <Checkbox
        key={String(amount.value)}
        name="secondLook"
        value={String(amount.value)}
        label={`I mean ${sum}: ${amountInWords(amount.value, currency)}, ${amount.value} in minor units`}
        defaultChecked={looked === String(amount.value)}
        aria-invalid={question === undefined ? undefined : true}
      />
    </Notice>
  );
}
