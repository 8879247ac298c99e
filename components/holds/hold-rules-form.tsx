"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import type { HoldActKind, HoldRules } from "@/lib/domain/holds";

type News = { news: string };
type Props = { action: Action<News>; environment: Environment; credentialId: string; rules: HoldRules | null };

/** What the gateway has confirmed, in its own names. Nothing is filled in for anybody: nobody has published it. */
export function HoldRulesForm({ action, environment, credentialId, rules }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const field = fieldsOf(state);
  // A box without its tick is not sent, so what was entered tells only where something came back.
  const isPartAllowed =
    "entered" in state ? entered(state, "completePartAllowed") === "1" : (rules?.complete?.isPartAllowed ?? false);
  return (
    <form ref={form} action={submit} className="grid gap-8">
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="credentialId" value={credentialId} />
      {state.status === "refused" ? <Notice tone="failed" title={state.reason} live="alert" /> : null}
      {state.status === "invalid" ? (
        <Notice tone="failed" title="Nothing was saved. Correct the marked fields." live="alert" />
      ) : null}
      {state.status === "done" ? <Notice tone="paid" title={state.value.news} live="status" /> : null}
      <fieldset className="grid gap-4 desk:grid-cols-2">
        <legend className="mb-3 font-semibold">Which orders hold, and how long</legend>
        <TextField
          {...field("wayCodes", rules?.wayCodes.join(", ") ?? "")}
          label="Ways that only hold"
          optional
          mono
          help="Way codes with commas between. Orders of these ways are holds, whatever their maker ticks"
        />
        <TextField
          {...field("lifetimeHours", text(rules?.lifetimeHours))}
          label="Hours the gateway keeps a hold"
          optional
          inputMode="numeric"
          help="From it comes the time left. Empty: not known"
        />
        <TextField
          {...field("heldState", text(rules?.heldState ?? 2))}
          label="State of an order whose money is held"
          inputMode="numeric"
          help="2 unless the gateway says otherwise"
        />
      </fieldset>
      <Operation kind="complete" field={field} rules={rules} isPartAllowed={isPartAllowed} />
      <Operation kind="release" field={field} rules={rules} isPartAllowed={false} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton size="lg" pendingLabel="Saving">
          Save the hold rules
        </SubmitButton>
        <span className="text-12 text-ink-3">Counts from the next act and the next answer on; it is in the audit.</span>
      </div>
    </form>
  );
}

type FieldOf = ReturnType<typeof fieldsOf>;

const legends = {
  complete: { legend: "Completion: takes the money", path: "The path below the gateway’s address" },
  release: {
    legend: "Release: gives it free",
    path: "Some gateways use their cancel for it; only enter what was confirmed",
  },
} as const;

type OperationProps = { kind: HoldActKind; field: FieldOf; rules: HoldRules | null; isPartAllowed: boolean };

function Operation({ kind, field, rules, isPartAllowed }: OperationProps) {
  const stored = rules?.[kind] ?? null;
  const { legend, path } = legends[kind];
  const isComplete = kind === "complete";
  return (
    <fieldset className="grid gap-4 border-t border-line pt-5 desk:grid-cols-2">
      <legend className="float-left mb-1 w-full font-semibold desk:col-span-2">{legend}</legend>
      <p className="-mt-3 text-12 text-ink-2 desk:col-span-2">
        {stored ? "Set up." : "Not set up: without a path nothing can be sent."} It is signed like every other request.
      </p>
      <TextField {...field(`${kind}Path`, stored?.path ?? "")} label="Path" mono optional maxLength={120} help={path} />
      <TextField
        {...field(`${kind}DoneState`, text(stored?.doneState))}
        label="State of the order afterwards"
        optional={!isComplete}
        inputMode="numeric"
        help={
          isComplete
            ? "What the order query shows then: the only proof, and how a lost answer is cleared up"
            : "Empty: the published ones, 4, 5 and 6"
        }
      />
      <TextField
        {...field(`${kind}OrderField`, stored?.orderField ?? "")}
        label="Field that names the order"
        mono
        optional
        maxLength={40}
      />
      <Select
        {...field(`${kind}OrderNumber`, stored?.orderNumber ?? "ours")}
        label="It carries"
        options={[
          { value: "ours", label: "our order number" },
          { value: "gateway", label: "the gateway’s order number" },
        ]}
      />
      <TextField
        {...field(`${kind}AmountField`, stored?.amountField ?? "")}
        label="Field for the amount"
        mono
        optional
        maxLength={40}
        help="In minor units. Empty: the gateway wants none"
      />
      <TextField
        {...field(`${kind}NumberField`, stored?.numberField ?? "")}
        label="Field for our number of the act"
        mono
        optional
        maxLength={40}
        help="Empty: the gateway wants none"
      />
      {isComplete ? (
        <div className="desk:col-span-2">
          <Checkbox
            key={String(isPartAllowed)}
            name="completePartAllowed"
            value="1"
            label="Less than the hold may be taken"
            defaultChecked={isPartAllowed}
            help="More than the hold is never sent from here"
          />
        </div>
      ) : null}
    </fieldset>
  );
}

/** The props of a field by its name. What was typed stays when something else was wrong. */
function fieldsOf(state: ActionState<News>) {
  return (name: string, stored: string) => ({
    key: `${name} ${stored}`,
    name,
    autoComplete: "off",
    defaultValue: entered(state, name) ?? stored,
    error: errorsOf(state, name),
  });
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
