"use client";

import { useActionState } from "react";
import { LinkButton } from "@/components/ui/button";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { Notice } from "@/components/ui/notice";
import { RadioTiles } from "@/components/ui/radio-tiles";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { SecretField } from "./secret-field";

type Props = { action: Action; environment: Environment; listHref: string };

const encodings = [
  { value: "json", title: "JSON", note: "what most gateways take" },
  { value: "form", title: "Form", note: "for gateways that ask for it" },
];

/** Nothing is saved before the gateway has answered a signed question with these values. */
export function AddCredentialForm({ action, environment, listHref }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  return (
    <div className="overflow-hidden rounded-3 border border-edge">
      <EnvironmentBand environment={environment} />
      <form ref={form} action={submit} className="grid gap-5 p-5">
        {state.status === "refused" ? (
          <Notice tone="failed" title="The credential was not saved." live="alert">
            {state.reason}
          </Notice>
        ) : null}
        <input type="hidden" name="environment" value={environment} />
        <TextField
          name="label"
          label="Name"
          help="What people call it: the counter, the web shop."
          defaultValue={entered(state, "label")}
          error={errorsOf(state, "label")}
          maxLength={60}
          autoComplete="off"
          required
        />
        <TextField
          name="baseUrl"
          label="Gateway address"
          help="Everything before /api. It decides with whom we speak; it cannot be changed later."
          defaultValue={entered(state, "baseUrl")}
          error={errorsOf(state, "baseUrl")}
          placeholder="https://gateway.example"
          inputMode="url"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          mono
          required
        />
        <div className="grid gap-5 desk:grid-cols-2">
          <TextField
            name="mchNo"
            label="Merchant number"
            defaultValue={entered(state, "mchNo")}
            error={errorsOf(state, "mchNo")}
            maxLength={30}
            spellCheck={false}
            autoComplete="off"
            mono
            required
          />
          <TextField
            name="appId"
            label="Application id"
            defaultValue={entered(state, "appId")}
            error={errorsOf(state, "appId")}
            maxLength={24}
            spellCheck={false}
            autoComplete="off"
            mono
            required
          />
        </div>
        <SecretField
          help="Sealed before it is stored and never shown again. It does not come back to this form either."
          state={state}
        />
        <TextField
          name="wayCodes"
          label="Ways of paying"
          help="Codes such as WX_QR, ALI_QR. Left empty: every way that no other credential names."
          defaultValue={entered(state, "wayCodes")}
          error={errorsOf(state, "wayCodes")}
          spellCheck={false}
          autoComplete="off"
          mono
          optional
        />
        <RadioTiles
          legend="Requests are sent as"
          name="encoding"
          tiles={encodings}
          defaultValue={entered(state, "encoding") ?? "json"}
          error={errorsOf(state, "encoding")}
        />
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton pendingLabel="Asking the gateway">Prove and save</SubmitButton>
          <LinkButton href={listHref} variant="quiet">
            Save nothing
          </LinkButton>
          <span className="text-12 text-ink-3">
            We ask the gateway about an order that does not exist. It changes nothing there.
          </span>
        </div>
      </form>
    </div>
  );
}
