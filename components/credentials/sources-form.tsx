"use client";

import { useActionState } from "react";
import { AddressListField } from "@/components/ui/address-list-field";
import { Notice } from "@/components/ui/notice";
import { RadioTiles } from "@/components/ui/radio-tiles";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { SourceRule } from "@/lib/domain/address-list";
import type { Environment } from "@/lib/domain/environment";

type Props = {
  action: Action;
  environment: Environment;
  credentialId: string;
  sources: SourceRule;
  /** Where genuine messages came from: what a list that is still empty begins with. */
  suggested: readonly string[];
};

/** From which addresses notifications of a credential are believed. */
export function SourcesForm({ action, environment, credentialId, sources, suggested }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const isFresh = sources.addresses.length === 0 && suggested.length > 0;
  const listed = (isFresh ? suggested : sources.addresses).join("\n");
  return (
    <form ref={form} action={submit} aria-label="Source addresses" className="grid gap-4">
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
        key={sources.mode}
        legend="Addresses"
        name="mode"
        columns={1}
        defaultValue={entered(state, "mode") ?? sources.mode}
        error={errorsOf(state, "mode")}
        tiles={[
          {
            value: "learn",
            title: "Only learn",
            note: "Every address is as good as another; the list beside shows them",
          },
          { value: "enforce", title: "Believe only the list", note: "Beside the signature, never instead of it" },
        ]}
      />
      <AddressListField
        key={listed}
        name="addresses"
        label="Addresses and ranges"
        help={isFresh ? "Begun with the addresses that genuine messages came from." : undefined}
        listed={entered(state, "addresses") ?? listed}
        error={errorsOf(state, "addresses")}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Saving">
          Save the addresses
        </SubmitButton>
      </div>
    </form>
  );
}
