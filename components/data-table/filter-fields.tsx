import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { Select } from "@/components/ui/select";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import type { DayRange, SumRange } from "@/lib/domain/list-address";
import { amountForInput } from "@/lib/domain/money";
import { type ListAddress, type Sort, sortParam } from "./address";
import { valueChip } from "./chips";
import type { FilterChip } from "./filter-bar";
import { AmountRangeFields, DateRangeFields } from "./range-fields";

type Option = { value: string; label: string };

/** One of several, or any. */
export function AnySelect({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string | null;
  options: readonly Option[];
}) {
  return (
    <Select
      name={name}
      label={label}
      optional
      defaultValue={value ?? ""}
      options={[{ value: "", label: "Any" }, ...options]}
    />
  );
}

type Credentials = readonly Pick<NamedCredential, "id" | "label">[];

export function CredentialSelect({ value, credentials }: { value: string | null; credentials: Credentials }) {
  return (
    <AnySelect
      name="credential"
      label="Credential"
      value={value}
      options={credentials.map(({ id, label }) => ({ value: id, label }))}
    />
  );
}

export function credentialChip(address: ListAddress, value: string | null, credentials: Credentials): FilterChip[] {
  const label = credentials.find(({ id }) => id === value)?.label ?? "unknown";
  return valueChip(address, { name: "credential", value: value && label });
}

/** Several of a few words, none of them meaning all. `isWide`: across the form, where there are many. */
export function WordBoxes({
  legend,
  name,
  chosen,
  options,
  isWide = true,
}: {
  legend: string;
  name: string;
  chosen: readonly string[];
  options: readonly Option[];
  isWide?: boolean;
}) {
  return (
    <fieldset className={classNames("grid content-start gap-1", isWide && "desk:col-span-2 wide:col-span-3")}>
      <legend className="mb-1.5 text-12 font-medium text-ink-2">{legend}</legend>
      <div className={isWide ? "grid grid-cols-2 gap-x-4 gap-y-1 desk:grid-cols-4" : "flex flex-wrap gap-x-5"}>
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            id={`${name}-${value}`}
            name={name}
            value={value}
            label={label}
            defaultChecked={chosen.includes(value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function DaysFields({ legend, filter }: { legend: string; filter: DayRange }) {
  return (
    <DateRangeFields
      legend={legend}
      from={{ name: "from", value: filter.from ?? "" }}
      to={{ name: "to", value: filter.to ?? "" }}
    />
  );
}

export function SumFields({ legend = "Amount", filter }: { legend?: string; filter: SumRange }) {
  const typed = (amount: number | null) => (amount === null ? "" : amountForInput(amount, "HKD"));
  return (
    <AmountRangeFields
      legend={legend}
      currency="HKD"
      from={{ name: "least", value: typed(filter.least) }}
      to={{ name: "most", value: typed(filter.most) }}
    />
  );
}

/** The order that the form must not forget; nothing when it is the usual one, the newest first. */
export function keptSort(sort: Sort): { name: string; value: string }[] {
  const isUsual = sort.by === "createdAt" && sort.direction === "desc";
  return isUsual ? [] : [{ name: "sort", value: sortParam(sort) }];
}
