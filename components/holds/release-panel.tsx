"use client";

import { useActionState, useState } from "react";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatMoney } from "@/lib/domain/money";
import { HoldFields, type HoldPanelProps, NumberLine } from "./complete-panel";

/** Gives held money free, and names what stays when the answer is no. */
export function ReleasePanel({ action, environment, path, hold, impossible, ...props }: HoldPanelProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const [number] = useState(props.number);
  const sum = formatMoney(hold.heldAmount, hold.currency);
  return (
    <Panel title="Release the hold" environment={environment} closeHref={path}>
      <form action={submit} className="grid gap-4">
        <HoldFields environment={environment} paymentId={hold.id} number={number} />
        {state.status === "refused" ? <Notice tone="failed" title={state.reason} live="alert" /> : null}
        <p className="text-13 leading-normal">
          The payer gets {sum} free again, and nothing is taken. This cannot be undone: to be paid after all you need a
          new order.
        </p>
        <NumberLine number={number} />
        <div className="flex flex-wrap gap-2 max-desk:[&>*]:flex-1">
          <SubmitButton variant="danger" size="lg" pendingLabel="Sending" disabledReason={impossible}>
            Release {sum}
          </SubmitButton>
          <LinkButton href={path} size="lg" scroll={false}>
            Keep the hold
          </LinkButton>
        </div>
      </form>
    </Panel>
  );
}
