"use client";

import type { ReactNode } from "react";
import { TextArea, TextField } from "@/components/ui/text-field";
import { type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { WayExtra } from "@/lib/domain/way-codes";
import type { NewPaymentStart } from "./new-payment-start";
import { WayExtras } from "./way-extras";

type Props = {
  state: ActionState;
  start: NewPaymentStart;
  wayKey: string;
  rareExtras: readonly WayExtra[];
  /** The payer's address, unless the way asks for it among the plain fields. */
  clientIp: ReactNode;
  currency: string;
  onCurrency: (currency: string) => void;
};

const names = ["channelExtra", "extParam", "returnUrl", "currency", "clientIp"];

/** Everything else that an order of the protocol can carry. Opens by itself when something in it is wrong. */
export function AdvancedFields({ state, start, wayKey, rareExtras, clientIp, currency, onCurrency }: Props) {
  const hasError = names.some((name) => errorsOf(state, name) !== undefined);
  return (
    <details className="border-t border-line pt-2" open={hasError || undefined}>
      <summary className="py-1.5 text-13 text-ink-2">
        Advanced: channelExtra, extParam, {clientIp ? "clientIp, " : null}returnUrl, currency
      </summary>
      <div className="mt-3 grid gap-4 desk:grid-cols-2">
        <WayExtras key={wayKey} extras={rareExtras} state={state} />
        {clientIp}
        <TextField
          name="returnUrl"
          label="Return address"
          help="Where the payer’s browser goes afterwards"
          mono
          optional
          maxLength={256}
          autoComplete="off"
          defaultValue={entered(state, "returnUrl") ?? start.returnUrl}
          error={errorsOf(state, "returnUrl")}
        />
        <TextField
          name="extParam"
          label="extParam"
          help="Comes back unchanged in answers and notifications; 128 characters"
          optional
          maxLength={128}
          autoComplete="off"
          defaultValue={entered(state, "extParam") ?? start.extParam}
          error={errorsOf(state, "extParam")}
        />
        <TextField
          name="currency"
          label="Currency"
          mono
          maxLength={3}
          value={currency}
          onChange={(event) => onCurrency(event.target.value.toUpperCase())}
          error={errorsOf(state, "currency")}
          {...(currency === "HKD" ? {} : { help: "HKD is the only currency that the gateway documents" })}
        />
        <div className="desk:col-span-2">
          <TextArea
            name="channelExtra"
            label="channelExtra, JSON text"
            help='For example {"walletType":"HK"}. The fields of the way are put into it.'
            mono
            optional
            rows={3}
            defaultValue={entered(state, "channelExtra") ?? ""}
            error={errorsOf(state, "channelExtra")}
          />
        </div>
      </div>
    </details>
  );
}
