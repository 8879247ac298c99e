"use client";

import { useActionState } from "react";
import { LinkButton } from "@/components/ui/button";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { EventType } from "@/lib/domain/events";
import type { ScopeMerchant } from "@/lib/domain/viewer";
import type { NewKey } from "@/lib/events/add-endpoint";
import { EventTypeBoxes } from "./event-type-boxes";
import { NewKeyNotice } from "./new-key";

type Props = {
  action: Action<NewKey>;
  environment: Environment;
  merchants: readonly ScopeMerchant[];
  listHref: string;
};

/** Adds an endpoint and shows its key, once. */
export function AddEndpointForm({ action, environment, merchants, listHref }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  if (state.status === "done") {
    return (
      <div className="grid gap-5">
        <NewKeyNotice title="Saved. This is its key." value={state.value.key} />
        <div>
          <LinkButton href={`${listHref}/${state.value.endpointId}`} variant="primary">
            I have the key: go on to a test
          </LinkButton>
        </div>
      </div>
    );
  }
  const only = merchants.length === 1 ? merchants[0] : undefined;
  return (
    <div className="overflow-hidden rounded-3 border border-edge">
      <EnvironmentBand environment={environment} />
      <form ref={form} action={submit} className="grid gap-5 p-5">
        {state.status === "refused" ? (
          <Notice tone="failed" title="The endpoint was not saved." live="alert">
            {state.reason}
          </Notice>
        ) : null}
        <input type="hidden" name="environment" value={environment} />
        {only ? (
          <input type="hidden" name="merchantId" value={only.merchantId} />
        ) : (
          <Select
            name="merchantId"
            label="Merchant"
            help="It hears of this merchant’s payments only."
            defaultValue={entered(state, "merchantId")}
            error={errorsOf(state, "merchantId")}
            options={merchants.map(({ merchantId, mchNo, label }) => ({
              value: merchantId,
              label: `${label} (${mchNo})`,
            }))}
          />
        )}
        <TextField
          name="label"
          label="Name"
          help="What people call it: the shop, the book-keeping."
          defaultValue={entered(state, "label")}
          error={errorsOf(state, "label")}
          maxLength={60}
          autoComplete="off"
          required
        />
        <TextField
          name="url"
          label="Address"
          help={
            environment === "production"
              ? "Where we send to: https://, on the public internet. It cannot be changed later."
              : "Where we send to: https://, or http:// on this machine. It cannot be changed later."
          }
          defaultValue={entered(state, "url")}
          error={errorsOf(state, "url")}
          placeholder="https://shop.example/events"
          inputMode="url"
          maxLength={500}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          mono
          required
        />
        <EventTypeBoxes
          chosen={entered(state, "eventTypes")?.split(",") ?? EventType.options}
          error={errorsOf(state, "eventTypes")}
        />
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton pendingLabel="Saving">Save and show the key</SubmitButton>
          <LinkButton href={listHref} variant="quiet">
            Save nothing
          </LinkButton>
        </div>
      </form>
    </div>
  );
}
