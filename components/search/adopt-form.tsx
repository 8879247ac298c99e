"use client";

import { MessageCircleQuestionMark } from "lucide-react";
import { useActionState } from "react";
import { ErrorNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import type { PaymentId } from "@/lib/domain/ids";

type Props = {
  /** Leads to the payment's page when the gateway knows the order. */
  action: Action<PaymentId>;
  environment: Environment;
  number: string;
  /** Where the question goes; without it every active credential of the environment is asked. */
  credentialId?: string | undefined;
};

/** Asks the gateway about an order that nobody here knows, and takes it over. */
export function AdoptForm({ action, environment, number, credentialId }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid justify-items-start gap-3">
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="number" value={number} />
      {credentialId ? <input type="hidden" name="credentialId" value={credentialId} /> : null}
      <SubmitButton icon={<MessageCircleQuestionMark />} pendingLabel="Asking">
        Ask the gateway and adopt
      </SubmitButton>
      {state.status === "refused" ? (
        <ErrorNotice title="Nothing was adopted." money="No money moved and nothing was changed." todo={state.reason} />
      ) : null}
      {state.status === "invalid" ? (
        <ErrorNotice title="This is no order number." money={Object.values(state.fields).flat().join(" ")} />
      ) : null}
    </form>
  );
}
