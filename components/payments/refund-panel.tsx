"use client";

import Link from "next/link";
import { useActionState, useEffect, useState } from "react";
import { Id } from "@/components/ui/id";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { amountForInput, formatAmount, formatMoney } from "@/lib/domain/money";
import { limitReached } from "@/lib/domain/refund-rules";
import { type OwnLimit, ownLimitSentence, whenSentence } from "./own-limit";
import { useRefundDraft } from "./refund-draft";
import { RefundFields } from "./refund-fields";

type Props = {
  action: Action;
  environment: Environment;
  /** The payment's page, without the form. */
  path: string;
  paymentId: string;
  currency: string;
  /** Minor units that can still be refunded. */
  left: number;
  own: OwnLimit;
  /** Why it cannot be sent now. */
  impossible: string | null;
  mchRefundNo: string;
  /** What the amount begins with, in major units. */
  amount: string;
};

/** Gives money back. The number in it is stored before the gateway hears of the refund, and repeated by every retry. */
export function RefundPanel({ action, environment, path, paymentId, currency, left, own, amount, ...props }: Props) {
  const { impossible } = props;
  const [state, submit] = useActionState(action, { status: "idle" });
  // A refresh of the page mints another number; the form keeps the one that it has shown.
  const [minted] = useState(props.mchRefundNo);
  const mchRefundNo = entered(state, "mchRefundNo") ?? minted;
  const all = amountForInput(left, currency);
  // Counts the clicks, so that a second one fills the field again after it was changed.
  const [fills, setFills] = useState(0);
  const typed = fills > 0 ? all : (entered(state, "amount") ?? amount);
  const draft = useRefundDraft();
  const form = useFocusFirstError(state);

  const { setAmount } = draft;
  useEffect(() => () => setAmount(null), [setAmount]);

  const sum = draft.amount !== null && draft.amount <= left ? draft.amount : null;
  const isAbove = sum !== null && limitReached(own.limit, own.spentToday, sum) !== null;

  return (
    <Panel title="Refund" environment={environment} closeHref={path}>
      <form
        ref={form}
        action={submit}
        onKeyDown={(event) => {
          // Plain Enter opens the list of reasons in some browsers, and sends in others.
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || impossible !== null) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
        className="grid gap-4"
      >
        <input type="hidden" name="environment" value={environment} />
        <input type="hidden" name="paymentId" value={paymentId} />
        <input type="hidden" name="mchRefundNo" value={mchRefundNo} />
        {state.status === "refused" ? (
          <Notice tone="failed" title={state.reason} live="alert">
            Look at the timeline before you send it again.
          </Notice>
        ) : null}
        <RefundFields
          state={state}
          currency={currency}
          left={left}
          start={{ amount: typed, reason: "", note: "" }}
          amountKey={`${amount} ${fills}`}
          onAmount={draft.setAmount}
          amountAside={
            <Link
              href={`${path}?do=refund&amount=${all}`}
              scroll={false}
              onClick={(event) => {
                event.preventDefault();
                setFills(fills + 1);
                draft.setAmount(left);
              }}
              className="link"
            >
              all that is left, {formatAmount(left, currency)}
            </Link>
          }
        />
        <div className="flex items-center justify-between gap-2 border-y border-line py-1.5 text-12">
          <span className="text-ink-3">Refund number</span>
          <Id value={mchRefundNo} label="refund number" />
        </div>
        <p className="text-12 leading-normal text-ink-2">{ownLimitSentence(own, currency)}</p>
        <SubmitButton size="lg" pendingLabel="Sending" disabledReason={impossible} shortcut="Ctrl ↵">
          {isAbove ? "Ask for approval of" : "Refund"}
          {sum === null ? "" : ` ${formatMoney(sum, currency)}`}
        </SubmitButton>
        <p className="text-12 leading-normal text-ink-2" aria-live="polite">
          {isAbove ? "Nothing is sent before a second person has approved it." : whenSentence(own.holdSeconds)}
        </p>
        <p className="text-12 leading-normal text-ink-3">
          The number above is stored first and repeated by every retry, so this refund cannot happen twice.
        </p>
      </form>
    </Panel>
  );
}
