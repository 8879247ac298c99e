import { type ListAddress, type Sort, sortParam } from "@/components/data-table/address";
import { daysChip, sumChips, valueChip, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { AmountRangeFields, DateRangeFields } from "@/components/data-table/range-fields";
import { refundStateWord } from "@/components/states/refund-state-label";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import type { RefundFilter } from "@/db/queries/refunds";
import { amountForInput } from "@/lib/domain/money";
import { RefundState } from "@/lib/domain/refund-state";

type Props = {
  address: ListAddress;
  filter: RefundFilter;
  sort: Sort;
  credentials: readonly NamedCredential[];
};

/** What the list of refunds is narrowed to, and the fields that change it. */
export function RefundsFilterBar({ address, filter, sort, credentials }: Props) {
  const isUsual = sort.by === "createdAt" && sort.direction === "desc";
  const label = credentials.find(({ id }) => id === filter.credentialId)?.label ?? "unknown";
  const chips = [
    ...wordsChip(address, {
      name: "state",
      values: filter.states,
      words: filter.states.map((state) => refundStateWord(state).word),
    }),
    ...valueChip(address, { name: "way", value: filter.wayCode }),
    ...valueChip(address, { name: "credential", value: filter.credentialId && label }),
    ...daysChip(address, "created", filter),
    ...sumChips(address, filter),
  ];
  return (
    <FilterBar
      path={address.path}
      noun="refunds"
      chips={chips}
      keep={isUsual ? [] : [{ name: "sort", value: sortParam(sort) }]}
    >
      <fieldset className="grid content-start gap-1 desk:col-span-2 wide:col-span-3">
        <legend className="mb-1.5 text-12 font-medium text-ink-2">State</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 desk:grid-cols-6">
          {RefundState.options.map((state) => (
            <Checkbox
              key={state}
              name="state"
              value={state}
              label={refundStateWord(state).word}
              defaultChecked={filter.states.includes(state)}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        name="way"
        label="Way code of the payment"
        mono
        optional
        defaultValue={filter.wayCode ?? ""}
        placeholder="WX_QR"
        maxLength={30}
      />
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
        legend="Amount"
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
