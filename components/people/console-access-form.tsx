"use client";

import { useActionState } from "react";
import { AddressListField } from "@/components/ui/address-list-field";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { ConsoleAccess } from "@/lib/domain/console-access";

type Props = {
  action: Action<{ news: string }>;
  access: ConsoleAccess;
  /** Where whoever looks at the form is; null when nobody trustworthy said it. */
  address: string | null;
  /** How many proxies of ours tell it. */
  proxies: number;
};

/** From which addresses people may use the console, and its settings. */
export function ConsoleAccessForm({ action, access, address, proxies }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const everything = access.console.join("\n");
  const settings = access.settings.join("\n");
  return (
    <form ref={form} action={submit} aria-label="Console access" className="grid gap-5">
      {state.status === "refused" ? (
        <Notice tone="failed" title="Nothing was changed." live="alert">
          {state.reason}
        </Notice>
      ) : null}
      {state.status === "done" ? <Notice tone="paid" title={state.value.news} live="status" /> : null}
      <DefinitionList
        rows={[
          { term: "You are at", value: <span className="mono break-all">{address ?? "not known"}</span> },
          { term: "Known from", value: knownFrom(proxies) },
        ]}
      />
      <AddressListField
        key={`console ${everything}`}
        name="consoleAddresses"
        label="The console"
        aside="empty: from everywhere"
        help="People use the console, sign in and join from here only."
        listed={entered(state, "consoleAddresses") ?? everything}
        error={errorsOf(state, "consoleAddresses")}
      />
      <AddressListField
        key={`settings ${settings}`}
        name="settingsAddresses"
        label="Settings"
        aside="empty: as the console"
        help="Of those addresses, only these open what stands under Settings, the own account included."
        listed={entered(state, "settingsAddresses") ?? settings}
        error={errorsOf(state, "settingsAddresses")}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Saving">
          Save the lists
        </SubmitButton>
      </div>
    </form>
  );
}

function knownFrom(proxies: number): string {
  if (proxies === 0) return "the connection itself. If this is a proxy of yours, set TRUSTED_PROXY_HOPS first.";
  return proxies === 1 ? "the proxy in front of this console" : `the outermost of ${proxies} proxies in front`;
}
