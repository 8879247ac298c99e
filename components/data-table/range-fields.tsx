import { errorsOf, type FieldError, FieldNotes } from "@/components/ui/field";
import { currencyLabel } from "@/lib/domain/money";

type RangeProps = {
  legend: string;
  from: { name: string; value?: string | undefined };
  to: { name: string; value?: string | undefined };
  error?: FieldError;
};

/** Two days, both included, in Hong Kong time. */
export function DateRangeFields(props: RangeProps) {
  return <RangeFields {...props} legend={`${props.legend}, Hong Kong days`} type="date" />;
}

/** Two sums in major units, both included. */
export function AmountRangeFields({ currency, ...props }: RangeProps & { currency: string }) {
  return (
    <RangeFields {...props} legend={`${props.legend}, ${currencyLabel(currency)}`} type="text" inputMode="decimal" />
  );
}

type Props = RangeProps & { type: "date" | "text"; inputMode?: "decimal" };

function RangeFields({ legend, from, to, error, type, inputMode }: Props) {
  const isBad = errorsOf(error).length > 0;
  const shared = {
    type,
    inputMode,
    className: "input",
    "aria-invalid": isBad || undefined,
    "aria-describedby": isBad ? `${from.name}-error` : undefined,
  } as const;
  return (
    <fieldset className="grid min-w-0 content-start gap-1.5">
      <legend className="mb-1.5 text-12 font-medium text-ink-2">{legend}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-2 text-12 text-ink-3">
        <input {...shared} id={from.name} name={from.name} defaultValue={from.value} aria-label={`${legend}, from`} />
        to
        <input {...shared} id={to.name} name={to.name} defaultValue={to.value} aria-label={`${legend}, to`} />
      </div>
      <FieldNotes id={from.name} error={error} />
    </fieldset>
  );
}
