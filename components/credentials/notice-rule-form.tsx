"use client";

import { useActionState, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { RadioTiles } from "@/components/ui/radio-tiles";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { amountForInput } from "@/lib/domain/money";
import { type NoticeChoice, type NoticeRule, noticeChoiceOf, usualNoticeRule } from "@/lib/domain/notice-rule";

type Props = { action: Action; environment: Environment; credentialId: string; rule: NoticeRule };

/** What a notification alone may do with payments and refunds of a credential. */
export function NoticeRuleForm({ action, environment, credentialId, rule }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const [payments, setPayments] = useState<string>(entered(state, "payments") ?? noticeChoiceOf(rule.payments));
  const limit = rule.payments === null || rule.payments === 0 ? usualNoticeRule.payments : rule.payments;
  return (
    <form ref={form} action={submit} className="grid gap-4">
      {state.status === "refused" ? (
        <Notice tone="failed" title="Nothing was changed." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      {state.status === "done" ? (
        <Notice tone="paid" title="Saved. It holds for the next notification." live="status" />
      ) : null}
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="credentialId" value={credentialId} />
      <RadioTiles
        legend="A payment is believed"
        name="payments"
        columns={1}
        value={payments}
        onChange={setPayments}
        error={errorsOf(state, "payments")}
        tiles={paymentTiles}
      />
      {payments === "up-to" ? (
        <TextField
          name="upTo"
          label="Up to"
          help="In the currency of the order. More than that waits for the answer to our own question."
          inputMode="decimal"
          defaultValue={entered(state, "upTo") ?? amountForInput(limit ?? 0, "HKD")}
          error={errorsOf(state, "upTo")}
          mono
        />
      ) : null}
      <RadioTiles
        legend="The end of a refund is believed"
        name="refunds"
        columns={1}
        defaultValue={entered(state, "refunds") ?? (rule.refunds === null ? "alone" : "ask")}
        error={errorsOf(state, "refunds")}
        tiles={refundTiles}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Saving">
          Save the rule
        </SubmitButton>
      </div>
    </form>
  );
}

const paymentTiles: { value: NoticeChoice; title: string; note: string }[] = [
  {
    value: "up-to",
    title: "By the notification, up to an amount",
    note: "What is dear waits a second for our question",
  },
  { value: "ask", title: "Only when our own question is answered", note: "A notification only makes us ask at once" },
  { value: "alone", title: "By the notification alone", note: "Whatever the amount" },
];

const refundTiles = [
  {
    value: "ask",
    title: "Only when our own question is answered",
    note: "Where the gateway can be asked about refunds",
  },
  { value: "alone", title: "By the notification alone", note: "Whatever the amount" },
];
