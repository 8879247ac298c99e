import { type ListAddress, type Sort, sortParam } from "@/components/data-table/address";
import { daysChip, sumChips, valueChip, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { AmountRangeFields, DateRangeFields } from "@/components/data-table/range-fields";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import type { HoldFilter } from "@/db/queries/holds";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import { amountForInput } from "@/lib/domain/money";
import { standings, standingWords } from "./hold-words";

type Props = { address: ListAddress; filter: HoldFilter; sort: Sort; credentials: readonly NamedCredential[] };

/** What the list of holds is narrowed to, and the fields that change it. */
export function HoldsFilterBar({ address, filter, sort, credentials }: Props) {
  const isUsual = sort.by === "createdAt" && sort.direction === "desc";
  const label = credentials.find(({ id }) => id === filter.credentialId)?.label ?? "unknown";
  const chips = [
    ...wordsChip(address, {
      name: "standing",
      values: filter.standings,
      words: filter.standings.map((standing) => standingWords[standing]),
    }),
    ...valueChip(address, { name: "credential", value: filter.credentialId && label }),
    ...daysChip(address, "created", filter),
    ...sumChips(address, filter),
  ];
  return (
    <FilterBar
      path={address.path}
      noun="holds"
      chips={chips}
      keep={isUsual ? [] : [{ name: "sort", value: sortParam(sort) }]}
    >
      <fieldset className="grid content-start gap-1 desk:col-span-2 wide:col-span-3">
        <legend className="mb-1.5 text-12 font-medium text-ink-2">Standing</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 desk:grid-cols-5">
          {standings.map((standing) => (
            <Checkbox
              key={standing}
              name="standing"
              value={standing}
              label={standingWords[standing]}
              defaultChecked={filter.standings.includes(standing)}
            />
          ))}
        </div>
      </fieldset>
      <Select
        name="credential"
        label="Credential"
        optional
        defaultValue={filter.credentialId ?? ""}
        options={[
          { value: "", label: "Any" },
          ...credentials.map(({ id, label: name }) => ({ value: id, label: name })),
        ]}
      />
      <DateRangeFields
        legend="Created"
        from={{ name: "from", value: filter.from ?? "" }}
        to={{ name: "to", value: filter.to ?? "" }}
      />
      <AmountRangeFields
        legend="Held amount"
        currency="HKD"
        from={{ name: "least", value: typed(filter.least) }}
        to={{ name: "most", value: typed(filter.most) }}
      />
    </FilterBar>
  );
}

function typed(amount: number | null): string {
  return amount === null ? "" : amountForInput(amount, "HKD");
}
