"use client";

import { Stethoscope } from "lucide-react";
import { useActionState, useState } from "react";
import { VerdictLabel } from "@/components/states/verdict-label";
import { DefinitionList } from "@/components/ui/definition-list";
import { ErrorNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-field";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { PastedExamination } from "@/lib/doctor/examine-pasted";
import type { Environment } from "@/lib/domain/environment";
import { Diagnosis } from "./diagnosis";

type Props = { action: Action<PastedExamination>; environment: Environment; maySeeCredentials: boolean };

/** What this console would answer to a request that somebody wrote down. */
export function PastedForm({ action, environment, maySeeCredentials }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  // React empties a form after its action, and whoever reads the answer compares it with the request.
  const [text, setText] = useState(entered(state, "request") ?? "");
  return (
    <>
      <form action={submit} className="grid max-w-[760px] justify-items-start gap-3">
        <input type="hidden" name="environment" value={environment} />
        <div className="w-full">
          <TextArea
            name="request"
            label="Request"
            help="Raw HTTP with its headers, a curl command, or the JSON or form body alone."
            rows={8}
            mono
            value={text}
            onChange={({ target }) => setText(target.value)}
            error={errorsOf(state, "request")}
          />
        </div>
        <SubmitButton icon={<Stethoscope />} pendingLabel="Looking">
          Examine the request
        </SubmitButton>
      </form>
      {state.status === "refused" ? (
        <div className="mt-4">
          <ErrorNotice
            title="The request was not examined."
            money="No money moved and nothing was changed."
            todo={state.reason}
          />
        </div>
      ) : null}
      {state.status === "done" ? (
        <div className="mt-6" role="status">
          <Diagnosis climb={state.value.climb} root={`/${environment}`} maySeeCredentials={maySeeCredentials} />
          {state.value.isWithoutProduction ? (
            <p className="mt-4 text-13 text-ink-2">
              Keys of production were left out: you have used them as often as is possible within a quarter of an hour.
            </p>
          ) : null}
          <div className="mt-6">
            <DefinitionList
              rows={[
                { term: "Read as", value: forms[state.value.readAs] },
                { term: "It came to", value: `${state.value.credential.label}, ${state.value.kind}` },
                { term: "Chosen by", value: chosen[state.value.chosenBy] },
                {
                  term: "Taken for",
                  value: state.value.verdict ? <VerdictLabel verdict={state.value.verdict} /> : null,
                },
                {
                  term: "We answer",
                  value: (
                    <span>
                      HTTP {state.value.answered.status}, <span className="mono">{state.value.answered.reply}</span>
                    </span>
                  ),
                },
              ]}
            />
          </div>
        </div>
      ) : null}
    </>
  );
}

const forms: Record<PastedExamination["readAs"], string> = {
  http: "raw HTTP",
  curl: "a curl command",
  json: "a JSON body",
  form: "a form body",
  address: "an address that was opened",
};

const chosen: Record<PastedExamination["chosenBy"], string> = {
  address: "the address in it",
  appId: "the application in it",
  "only one": "being the only one",
};
