"use client";

import { useActionState, useState } from "react";
import { LinkButton } from "@/components/ui/button";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { refundReasons } from "@/lib/domain/refund-reasons";
import type { ScopeMerchant } from "@/lib/domain/viewer";
import { ListField } from "./list-field";

type Props = {
  action: Action;
  environment: Environment;
  merchants: readonly ScopeMerchant[];
  listHref: string;
  planId: string;
  /** What the form begins with, when payments were chosen for it. */
  start: { merchantId: string | undefined; label: string; lines: string };
};

/** Makes a plan and rehearses it. Nothing is sent from here. */
export function NewPlanForm({ action, environment, merchants, listHref, start, ...props }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  // A refresh of the page mints another id; a double click must bring the same one.
  const [planId] = useState(props.planId);
  const form = useFocusFirstError(state);
  const only = merchants.length === 1 ? merchants[0] : undefined;
  return (
    <div className="overflow-hidden rounded-3 border border-edge">
      <EnvironmentBand environment={environment} />
      <form ref={form} action={submit} className="grid gap-5 p-5">
        {state.status === "refused" ? (
          <Notice tone="failed" title="No plan was made." live="alert">
            {state.reason}
          </Notice>
        ) : null}
        <input type="hidden" name="environment" value={environment} />
        <input type="hidden" name="planId" value={entered(state, "planId") ?? planId} />
        {only ? (
          <input type="hidden" name="merchantId" value={only.merchantId} />
        ) : (
          <Select
            key={entered(state, "merchantId")}
            name="merchantId"
            label="Merchant"
            help="A plan belongs to one merchant; numbers of others are unknown to it."
            defaultValue={entered(state, "merchantId") ?? start.merchantId}
            error={errorsOf(state, "merchantId")}
            options={merchants.map(({ merchantId, mchNo, label }) => ({
              value: merchantId,
              label: `${label} (${mchNo})`,
            }))}
          />
        )}
        <TextField
          name="label"
          label="Name of the plan"
          defaultValue={entered(state, "label") ?? start.label}
          error={errorsOf(state, "label")}
          maxLength={60}
          autoComplete="off"
          required
        />
        <ListField
          name="lines"
          defaultValue={entered(state, "lines") ?? start.lines}
          error={errorsOf(state, "lines")}
        />
        <div className="grid gap-5 desk:grid-cols-2">
          <Select
            key={entered(state, "reason")}
            name="reason"
            label="Reason of lines that name none"
            defaultValue={entered(state, "reason") ?? ""}
            error={errorsOf(state, "reason")}
            options={[
              { value: "", label: "Choose a reason" },
              ...refundReasons.map(({ code, label }) => ({ value: code, label })),
            ]}
          />
          <TextField
            name="otherReason"
            label="Another reason"
            help="Only when the reason is “Other”; it goes to the gateway."
            defaultValue={entered(state, "otherReason")}
            error={errorsOf(state, "otherReason")}
            maxLength={64}
            autoComplete="off"
            optional
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton pendingLabel="Rehearsing">Rehearse</SubmitButton>
          <LinkButton href={listHref} variant="quiet">
            Make no plan
          </LinkButton>
          <span className="text-12 text-ink-2">A rehearsal sends nothing.</span>
        </div>
      </form>
    </div>
  );
}
