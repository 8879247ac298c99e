"use client";

import { useState } from "react";
import { amountInWords } from "@/lib/domain/amount-in-words";
import { currencyLabel, decimalsOf, formatMoney, type MinorUnits, parseAmount } from "@/lib/domain/money";
import { classNames } from "./class-names";
import { Field, type FieldProps, fieldAria } from "./field";

type Props = Omit<FieldProps, "id" | "label"> & {
  name: string;
  currency: string;
  label?: string | undefined;
  /** Major units as typed, such as `12.34`. */
  defaultValue?: string | undefined;
  /** `page` is the figure of the page, `panel` the one of a form beside it. */
  size?: "page" | "panel" | undefined;
  /** What can be taken at most, in minor units: shows what would be left. */
  max?: number | undefined;
  autoFocus?: boolean | undefined;
  onAmount?: ((amount: MinorUnits | null) => void) | undefined;
};

/**
 * An amount in major units, shown back at once in words and as the integer that is sent.
 * What it shows while typing is a help; the server reads the same text again and decides.
 */
export function MoneyField({ name, currency, label = "Amount", size = "panel", ...props }: Props) {
  const { defaultValue = "", max, autoFocus, onAmount, help, aside, optional, error } = props;
  const [typed, setTyped] = useState(defaultValue);
  const parsed = parseAmount(typed, currency);
  const amount = parsed.ok ? parsed.value : null;
  // Half an amount is not a mistake yet: only what more typing cannot repair is said at once.
  const typingError =
    !parsed.ok && parsed.error.kind !== "empty" && parsed.error.kind !== "zero" ? parsed.error.message : null;
  const field = {
    id: name,
    label,
    help,
    aside,
    optional,
    error: typingError ?? (typed === defaultValue ? error : null),
  };
  const isPage = size === "page";

  return (
    <Field {...field}>
      <div
        className={classNames(
          "money-input flex items-baseline gap-3",
          isPage ? "border-b-[1.5px] border-ink px-3 pt-2 pb-2" : "rounded-2 border border-edge px-3 pt-2 pb-2.5",
        )}
      >
        <span className={classNames("text-ink-3", isPage ? "text-20" : "text-14")} aria-hidden="true">
          {currencyLabel(currency)}
        </span>
        <input
          {...fieldAria(field)}
          name={name}
          value={typed}
          inputMode={decimalsOf(currency) === 0 ? "numeric" : "decimal"}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: at the counter the amount is what is typed first
          autoFocus={autoFocus}
          onChange={(event) => {
            const next = event.target.value;
            setTyped(next);
            const read = parseAmount(next, currency);
            onAmount?.(read.ok ? read.value : null);
          }}
          className={classNames(
            "nums w-full min-w-0 bg-transparent leading-none font-figure tracking-[-0.045em] outline-none",
            isPage ? "text-64" : "text-right text-40",
          )}
        />
      </div>
      <dl
        className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 gap-y-[3px] text-12 text-ink-3 [&_dd]:text-ink"
        aria-live="polite"
      >
        {amount === null ? null : (
          <>
            <dt>In words</dt>
            <dd>{amountInWords(amount, currency)}</dd>
            <dt>Is sent as</dt>
            <dd className="mono">{amount}</dd>
            {max === undefined ? null : (
              <>
                <dt>Then left</dt>
                <dd className="nums">{leftText(max - amount, currency)}</dd>
              </>
            )}
          </>
        )}
      </dl>
    </Field>
  );
}

function leftText(left: number, currency: string): string {
  return left < 0 ? `${formatMoney(-left, currency)} more than there is` : formatMoney(left, currency);
}
