"use client";

import { type KeyboardEvent, useActionState, useState } from "react";
import { HoldChoice } from "@/components/holds/hold-choice";
import { MoneyField } from "@/components/ui/money-field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { useFocusFirstError } from "@/components/ui/use-focus-first-error";
import type { CredentialChoice } from "@/db/queries/credentials";
import { type Action, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { formatMoney } from "@/lib/domain/money";
import { findWay, type WayExtra } from "@/lib/domain/way-codes";
import { AdvancedFields } from "./advanced-fields";
import type { NewPaymentStart } from "./new-payment-start";
import { SecondLook } from "./second-look";
import { WayExtras } from "./way-extras";
import { WayMatrix } from "./way-matrix";

type Choice = Pick<CredentialChoice, "id" | "label" | "wayCodes">;
type Props = {
  action: Action;
  environment: Environment;
  credentials: readonly Choice[];
  /** The ways of each credential whose orders only hold money, as an admin has entered them. */
  holdingWays: Readonly<Record<string, readonly string[]>>;
  start: NewPaymentStart;
};

const validities = [
  { value: "300", label: "5 minutes" },
  { value: "900", label: "15 minutes" },
  { value: "1800", label: "30 minutes" },
  { value: "3600", label: "1 hour" },
  { value: "7200", label: "2 hours, as the gateway would" },
  { value: "86400", label: "1 day" },
];

export function CreatePaymentForm({ action, environment, credentials, holdingWays, start }: Props) {
  const [state, submit] = useActionState(action, { status: "idle" });
  const form = useFocusFirstError(state);
  const was = (name: keyof NewPaymentStart) => entered(state, name) ?? begun[name];
  // A refresh of the page mints another number; the form keeps the one that it has shown.
  const [begun] = useState(start);
  const [listed, setListed] = useState(was("wayCode"));
  const [typed, setTyped] = useState(entered(state, "otherWayCode") ?? "");
  const [currency, setCurrency] = useState(was("currency"));
  const [amount, setAmount] = useState<number | null>(null);
  const [isTicked, setTicked] = useState(was("hold") === "1");

  const wayCode = typed || listed;
  const way = findWay(wayCode);
  const extras = way?.extras ?? [];
  const carriers = carriersOf(credentials, wayCode);
  const isCarried = (code: string) => carriersOf(credentials, code).length > 0;
  const alwaysHolds = carriers.some(({ id }) => holdingWays[id]?.includes(wayCode));
  const isHold = isTicked || alwaysHolds;
  const needsIp = way?.needsClientIp === true;
  const clientIp = (
    <TextField
      name="clientIp"
      label="Payer’s IPv4 address"
      mono
      optional={!needsIp}
      autoComplete="off"
      defaultValue={entered(state, "clientIp") ?? ""}
      error={errorsOf(state, "clientIp")}
      {...(needsIp ? { help: "WeChat checks that this is the phone that opens the link" } : {})}
    />
  );

  return (
    <form ref={form} action={submit} onKeyDown={scanBeforeSending} className="grid max-w-[760px] gap-6">
      <input type="hidden" name="environment" value={environment} />
      {state.status === "refused" ? (
        <Notice tone="failed" title={state.reason} live="alert">
          Nothing of what you typed is lost.
        </Notice>
      ) : null}
      <MoneyField
        name="amount"
        size="page"
        currency={currency}
        defaultValue={was("amount")}
        error={errorsOf(state, "amount")}
        autoFocus
        onAmount={setAmount}
      />
      <SecondLook state={state} currency={currency} />
      <div className="grid gap-4 desk:grid-cols-2">
        <TextField
          name="subject"
          label="Subject"
          aside="the payer sees it, 64 characters"
          maxLength={64}
          autoComplete="off"
          defaultValue={was("subject")}
          error={errorsOf(state, "subject")}
        />
        <TextField
          name="body"
          label="Description"
          aside="256 characters"
          optional
          maxLength={256}
          autoComplete="off"
          defaultValue={was("body")}
          // Left empty it becomes the subject, so without a subject only that one is to blame.
          error={errorsOf(state, "subject") && !was("body") ? undefined : errorsOf(state, "body")}
        />
      </div>
      <div className="grid gap-3">
        <WayMatrix
          wayCode={listed}
          isCarried={isCarried}
          onChoose={(code) => {
            setTyped("");
            setListed(code);
          }}
          typed={typed}
          onType={setTyped}
          error={errorsOf(state, "wayCode")}
        />
        <WaySentence wayCode={wayCode} extras={extras} carriers={carriers} />
      </div>
      <HoldChoice isTicked={isTicked} onTick={setTicked} alwaysHolds={alwaysHolds} wayCode={wayCode} />
      <div className="grid gap-4 empty:hidden desk:grid-cols-2">
        <WayExtras key={wayCode} extras={extras.filter((extra) => !extra.isRare)} state={state} />
        {needsIp ? clientIp : null}
        {carriers.length > 1 ? (
          <Select
            key={`credential ${wayCode} ${was("credentialId")}`}
            name="credentialId"
            label="Credential"
            options={carriers.map(({ id, label }) => ({ value: id, label }))}
            defaultValue={was("credentialId")}
            error={errorsOf(state, "credentialId")}
          />
        ) : null}
      </div>
      <div className="grid gap-4 desk:grid-cols-2">
        <Select
          key={was("expiredTimeSeconds")}
          name="expiredTimeSeconds"
          label="Order is good for"
          options={withOwn(validities, begun.expiredTimeSeconds)}
          defaultValue={was("expiredTimeSeconds")}
          error={errorsOf(state, "expiredTimeSeconds")}
        />
        <TextField
          name="mchOrderNo"
          label="Order number"
          aside="made here, stored first"
          mono
          maxLength={30}
          autoComplete="off"
          defaultValue={was("mchOrderNo")}
          error={errorsOf(state, "mchOrderNo")}
        />
      </div>
      <AdvancedFields
        state={state}
        start={begun}
        wayKey={wayCode}
        rareExtras={extras.filter((extra) => extra.isRare)}
        clientIp={needsIp ? null : clientIp}
        currency={currency}
        onCurrency={setCurrency}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton
          size="lg"
          disabledReason={credentials.length === 0 ? "No active credential in this environment" : null}
        >
          {amount === null
            ? isHold
              ? "Place the hold"
              : "Create the payment"
            : `${isHold ? "Hold" : "Ask for"} ${formatMoney(amount, currency)}`}
        </SubmitButton>
        <span className="text-12 text-ink-3">
          {environment === "production" ? "Real money. " : ""}The order is stored here before the gateway hears of it.
        </span>
      </div>
    </form>
  );
}

/** Enter in any other field must not send a bar-code payment without its code: the scanner comes first. */
function scanBeforeSending(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  const scan = event.currentTarget.querySelector<HTMLInputElement>("input[data-scan]");
  if (scan === null || scan.value !== "" || scan === event.target) return;
  event.preventDefault();
  scan.focus();
}

/** Those that name the code first, as the server picks them. */
function carriersOf(credentials: readonly Choice[], code: string): Choice[] {
  const naming = credentials.filter(({ wayCodes }) => wayCodes.includes(code));
  return [...naming, ...credentials.filter(({ wayCodes }) => wayCodes.length === 0)];
}

function withOwn(options: typeof validities, seconds: string) {
  if (options.some(({ value }) => value === seconds)) return options;
  return [...options, { value: seconds, label: `${seconds} seconds` }];
}

type SentenceProps = { wayCode: string; extras: readonly WayExtra[]; carriers: readonly Choice[] };

function WaySentence({ wayCode, extras, carriers }: SentenceProps) {
  if (wayCode === "") return <p className="text-13 text-ink-2">Choose a way.</p>;
  const code = <span className="mono font-medium text-ink">{wayCode}</span>;
  const only = carriers[0];
  if (!only) {
    return (
      <p className="text-13 text-unclear">
        No active credential carries {code}. An admin can add one, or add the code to one that exists.
      </p>
    );
  }
  const required = extras.filter((extra) => extra.isRequired).map((extra) => extra.label);
  return (
    <p className="text-13 text-ink-2" aria-live="polite">
      {code} {required.length === 0 ? "needs nothing else." : `needs: ${required.join(", ")}.`} Sent with credential{" "}
      <b className="font-medium text-ink">{carriers.length === 1 ? only.label : "chosen below"}</b>
      {carriers.length === 1 ? ", which carries this way." : "."}
    </p>
  );
}
