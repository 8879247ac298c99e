import { Link2, X } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { CopyAddress } from "./copy-address";
import { FilterForm } from "./filter-form";

export type FilterChip = {
  key: string;
  /** What is filtered by, as a person says it. */
  label: string;
  operator?: "=" | "≥" | "≤" | "∋" | undefined;
  value: string;
  /** The same list without this filter. */
  removeHref: string;
  /** The id of the field that edits it. */
  fieldId?: string | undefined;
};

type Props = {
  path: string;
  /** What is listed, as it stands in the address: `payments`. */
  noun: string;
  chips: readonly FilterChip[];
  /** What the form must not forget, such as the order. */
  keep?: readonly { name: string; value: string }[] | undefined;
  /** The fields of the filters. */
  children: ReactNode;
};

/** The address, readable: `payments? [state = Paid] & [amount ≥ HK$ 30.00]`. The form under it works without JavaScript. */
export function FilterBar({ path, noun, chips, keep = [], children }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-[5px] gap-y-1.5 py-3 text-13">
      <span className="mono text-12 text-ink-3">{noun}?</span>
      <ul aria-label="Filters, as they stand in the address" className="contents">
        {chips.map((chip, index) => (
          <Fragment key={chip.key}>
            {index > 0 ? (
              <span aria-hidden="true" className="mono text-12 text-ink-3">
                &amp;
              </span>
            ) : null}
            <Chip chip={chip} />
          </Fragment>
        ))}
      </ul>
      <FilterForm
        // Other filters are another form: its fields would bring back what a chip's × has removed.
        key={chips.map((chip) => `${chip.key} ${chip.value}`).join(" & ")}
        path={path}
        keep={keep}
        clearHref={chips.length > 0 ? path : null}
      >
        {children}
      </FilterForm>
      <CopyAddress icon={<Link2 />} />
    </div>
  );
}

function Chip({ chip: { label, operator = "=", value, removeHref, fieldId } }: { chip: FilterChip }) {
  return (
    <li className="chip">
      <a href={fieldId ? `#${fieldId}` : removeHref} data-opens-filters aria-label={`Change filter ${label} ${value}`}>
        <span className="text-ink-3">{label}</span>
        <span className="mono text-12 text-ink-3">{operator}</span>
        <span className="font-medium">{value}</span>
      </a>
      <Link href={removeHref} className="chip-remove" aria-label={`Remove filter ${label}`} scroll={false}>
        <X className="size-3.5" />
      </Link>
    </li>
  );
}
