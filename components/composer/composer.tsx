"use client";

import Link from "next/link";
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { PageTitle } from "@/components/ui/page-title";
import { Select } from "@/components/ui/select";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import { type Action, errorsOf } from "@/lib/actions/action-state";
import type { ComposerOperation } from "@/lib/composer/operations";
import type { SentComposed } from "@/lib/composer/send-composed";
import type { Environment } from "@/lib/domain/environment";
import { Answer } from "./answer";
import { bodyOfFields } from "./body-of-fields";
import { keptIn, type Typed } from "./kept";
import { OperationLinks } from "./operation-links";
import { WrittenBody } from "./written-body";
import { WrittenFields } from "./written-fields";

type Props = {
  environment: Environment;
  operations: readonly ComposerOperation[];
  operation: ComposerOperation;
  /** A body instead of fields. */
  isRaw: boolean;
  credentials: readonly { id: string; label: string; appId: string }[];
  encoding: "json" | "form";
  /** What stands in the fields at first. */
  start: Readonly<Record<string, string>>;
  /** A body that was opened; `null` makes one of the fields. */
  startBody: string | null;
  send: Action<SentComposed>;
};

/** Writes a request, sends it once, and shows what came of it. Signing is the server's. */
export function Composer(props: Props) {
  const { environment, operations, operation, isRaw, credentials, start, startBody, send } = props;
  const [state, submit, isSending] = useActionState(send, { status: "idle" });
  const [typed] = useState<Typed>(() => new Map());
  const kept = keptIn(typed, start, operation.name);
  const form = useFocusFirstError(state);
  const answer = useRef<HTMLElement>(null);
  const answeredCall = state.status === "done" ? state.value.call.id : null;

  // Where the answer stands below the form, it would come unseen.
  useEffect(() => {
    if (answeredCall === null || window.matchMedia("(min-width: 1180px)").matches) return;
    answer.current?.scrollIntoView({ block: "start" });
  }, [answeredCall]);

  // Sent by hand, because a form that the framework sends is emptied, and the next try differs by one letter.
  const sendWhatIsWritten = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const written = new FormData(event.currentTarget);
    for (const [name, value] of written) if (typeof value === "string") kept.keep(name, value);
    startTransition(() => submit(written));
  };
  const keepInput = ({ target }: FormEvent<HTMLFormElement>) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      kept.keep(target.name, target.value);
  };
  const path = `/${environment}/composer`;
  const hrefOf = (name: string, raw = isRaw) => `${path}?operation=${name}${raw ? "&write=raw" : ""}`;
  return (
    <>
      <PageTitle
        caption={
          environment === "test"
            ? "Any request of the protocol, signed with a stored secret."
            : "Questions only: production is read here and never changed."
        }
      >
        Request composer
      </PageTitle>
      <div className="mt-5 grid max-w-[1208px] items-start grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 wide:grid-cols-[minmax(0,440px)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <OperationLinks operations={operations} current={operation.name} hrefOf={(name) => hrefOf(name)} />
          <form
            ref={form}
            action={submit}
            onSubmit={sendWhatIsWritten}
            onInput={keepInput}
            className="grid min-w-0 gap-5"
          >
            <input type="hidden" name="environment" value={environment} />
            <input type="hidden" name="operation" value={operation.name} />
            <div className="grid gap-4 desk:grid-cols-[minmax(0,1fr)_120px]">
              <Select
                name="credentialId"
                label="Credential"
                options={credentials.map(({ id, label, appId }) => ({ value: id, label: `${label} · ${appId}` }))}
                error={errorsOf(state, "credentialId")}
              />
              <Select name="encoding" label="Sent as" defaultValue={props.encoding} options={encodings} />
            </div>
            {environment === "test" ? (
              <p className="flex flex-wrap items-baseline gap-x-4 text-13">
                {isRaw ? (
                  <>
                    <span className="font-semibold">Written as a body</span>
                    <Link href={hrefOf(operation.name, false)} scroll={false} className="link py-1">
                      Write fields instead
                    </Link>
                  </>
                ) : (
                  <>
                    <span className="font-semibold">Written in fields</span>
                    <Link href={hrefOf(operation.name, true)} scroll={false} className="link py-1">
                      Write the body instead
                    </Link>
                  </>
                )}
              </p>
            ) : null}
            {isRaw ? (
              <WrittenBody
                key={operation.name}
                body={kept.body() ?? startBody ?? bodyOfFields(operation.fields, kept.textOf)}
                state={state}
              />
            ) : (
              <div key={operation.name} className="grid gap-4">
                <input type="hidden" name="by" value="fields" />
                <WrittenFields
                  fields={operation.fields}
                  kept={kept}
                  state={state}
                  isCreating={operation.name === "unifiedOrder" || operation.name === "refundOrder"}
                />
                <p className="text-12 text-ink-3">
                  The server fills in <span className="mono">mchNo, appId, reqTime, version, signType, sign</span>. An
                  empty field is not sent.
                </p>
              </div>
            )}
            <p>
              <Button
                variant="primary"
                type="submit"
                pending={isSending}
                disabledReason={credentials.length === 0 ? "This environment has no credential that is in use." : null}
              >
                {environment === "test" ? "Send to the test gateway" : "Ask the production gateway"}
              </Button>
            </p>
          </form>
        </div>
        <section ref={answer} aria-label="Answer" aria-busy={isSending} className="min-w-0 scroll-mt-28">
          <Answer environment={environment} state={state} isSending={isSending} />
        </section>
      </div>
    </>
  );
}

const encodings = [
  { value: "json", label: "JSON" },
  { value: "form", label: "Form" },
];
