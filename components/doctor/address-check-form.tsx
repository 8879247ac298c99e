"use client";

import { RadioTower } from "lucide-react";
import { useActionState } from "react";
import { ErrorNotice } from "@/components/ui/notice";
import { Section } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { Action } from "@/lib/actions/action-state";
import type { AddressExamination } from "@/lib/doctor/examine-address";
import type { Environment } from "@/lib/domain/environment";
import { AddressSteps } from "./address-steps";
import { Diagnosis } from "./diagnosis";

type Props = { action: Action<AddressExamination>; environment: Environment; credentialId: string };

/** Calls our own public address as the gateway would, and shows what came back. */
export function AddressCheckForm({ action, environment, credentialId }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <>
      <form action={submit}>
        <input type="hidden" name="environment" value={environment} />
        <input type="hidden" name="credentialId" value={credentialId} />
        <SubmitButton variant="primary" icon={<RadioTower />} pendingLabel="Calling">
          Check the address now
        </SubmitButton>
      </form>
      {state.status === "refused" ? (
        <div className="mt-4">
          <ErrorNotice
            title="The address was not checked."
            money="No money moved and nothing was changed."
            todo={state.reason}
          />
        </div>
      ) : null}
      {state.status === "done" ? (
        <div className="mt-6" role="status">
          <Diagnosis climb={state.value.climb} root={`/${environment}`} maySeeCredentials />
          <Section title="Step by step" caption={<Time at={state.value.at} kind="exact" />}>
            <AddressSteps steps={state.value.steps} />
          </Section>
        </div>
      ) : null}
    </>
  );
}
