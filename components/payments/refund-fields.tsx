"use client";

import { type ReactNode, useState } from "react";
import { MoneyField } from "@/components/ui/money-field";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { MinorUnits } from "@/lib/domain/money";
import { refundReasons } from "@/lib/domain/refund-reasons";
import { SecondLook } from "./second-look";

type Props = {
  state: ActionState;
  currency: string;
  /** Minor units that can still be refunded. */
  left: number;
  /** What the fields begin with; the amount in major units. */
  start: { amount: string; reason: string; note: string };
  /** Changes when the amount is to be filled in anew. */
  amountKey?: string;
  onAmount: (amount: MinorUnits | null) => void;
  amountAside?: ReactNode;
};

/** How much goes back and why: the same for a refund and for a request that is edited. */
export function RefundFields({ state, currency, left, start, amountKey, onAmount, amountAside }: Props) {
  const [reason, setReason] = useState(entered(state, "reason") ?? start.reason);
  return (
    <>
      <MoneyField
        key={amountKey}
        name="amount"
        currency={currency}
        defaultValue={start.amount}
        max={left}
        error={errorsOf(state, "amount")}
        autoFocus
        onAmount={onAmount}
        aside={amountAside}
      />
      <Select
        key={entered(state, "reason")}
        name="reason"
        label="Reason"
        options={[
          { value: "", label: "Choose a reason" },
          ...refundReasons.map(({ code, label }) => ({ value: code, label })),
        ]}
        defaultValue={reason}
        onChange={(event) => setReason(event.target.value)}
        error={errorsOf(state, "reason")}
      />
      <TextField
        name="note"
        label={reason === "other" ? "What is the reason?" : "Note for the timeline"}
        aside={reason === "other" ? "goes to the gateway, 64 characters" : undefined}
        optional={reason !== "other"}
        maxLength={64}
        autoComplete="off"
        defaultValue={entered(state, "note") ?? start.note}
        error={errorsOf(state, "note")}
      />
      <SecondLook state={state} currency={currency} />
    </>
  );
}
