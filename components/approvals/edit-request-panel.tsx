"use client";

import { useActionState, useState } from "react";
import { RefundFields } from "@/components/payments/refund-fields";
import { Panel } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { amountForInput } from "@/lib/domain/money";
import { refundReasons } from "@/lib/domain/refund-reasons";
import { Refusal, SeenFields } from "./decision-forms";

type Props = {
  action: Action;
  environment: Environment;
  /** The request's page, without the form. */
  path: string;
  request: { id: string; revision: number; amount: number; currency: string; reason: string; note: string | null };
  /** Minor units that can still be refunded. */
  left: number;
};

/** Its maker changes an open request. Whoever looked at it before has to look again. */
export function EditRequestPanel({ action, environment, path, request, left }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const [begun] = useState(request);
  const { currency } = begun;
  return (
    <Panel title="Change the request" environment={environment} closeHref={path}>
      <form ref={form} action={submit} className="grid gap-4">
        <SeenFields environment={environment} requestId={begun.id} revision={begun.revision} />
        <Refusal state={state} />
        <RefundFields
          state={state}
          currency={currency}
          left={left}
          start={{
            ...reasonAsTyped(begun),
            amount: entered(state, "amount") ?? amountForInput(begun.amount, currency),
          }}
          onAmount={() => {}}
        />
        <SubmitButton size="lg" pendingLabel="Changing">
          Change the request
        </SubmitButton>
      </form>
    </Panel>
  );
}

/** A request keeps the reason as it will be sent; a text that is not in our list was typed under "other". */
function reasonAsTyped({ reason, note }: { reason: string; note: string | null }): { reason: string; note: string } {
  const listed = refundReasons.find(({ label }) => label === reason);
  return listed ? { reason: listed.code, note: note ?? "" } : { reason: "other", note: reason };
}
