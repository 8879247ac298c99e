import { addressOf, type ListAddress, sortParam, withParams } from "@/components/data-table/address";
import { FilterBar, type FilterChip } from "@/components/data-table/filter-bar";
import { AmountRangeFields, DateRangeFields } from "@/components/data-table/range-fields";
import { paymentStateWord } from "@/components/states/payment-state-label";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import type { ListedState, PaymentFilter } from "@/db/queries/payments-filter";
import { formatAmount, formatMoney } from "@/lib/domain/money";

type Props = {
  address: ListAddress;
  filter: PaymentFilter;
  states: readonly ListedState[];
  credentials: readonly NamedCredential[];
};

/** What the list is narrowed to, as it stands in the address, and the fields that change it. */
export function PaymentsFilterBar({ address, filter, states, credentials }: Props) {
  const { sort } = filter.window;
  const keep = [
    ...(sort.by === "createdAt" && sort.direction === "desc" ? [] : [{ name: "sort", value: sortParam(sort) }]),
    ...(filter.needsLook ? [{ name: "look", value: "1" }] : []),
  ];
  return (
    <FilterBar path={address.path} noun="payments" chips={chipsOf(address, filter, credentials)} keep={keep}>
      <fieldset className="grid content-start gap-1 desk:col-span-2 wide:col-span-3">
        <legend className="mb-1.5 text-12 font-medium text-ink-2">State</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 desk:grid-cols-4">
          {states.map((state) => (
            <Checkbox
              key={state}
              id={`state-${state}`}
              name="state"
              value={state}
              label={stateWord(state)}
              defaultChecked={filter.states.includes(state)}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        name="way"
        label="Way code"
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
        options={[{ value: "", label: "Any" }, ...credentials.map(({ id, label }) => ({ value: id, label }))]}
      />
      <TextField
        name="number"
        label="Number"
        help="The beginning of our order number, the gateway’s or the channel’s"
        mono
        optional
        defaultValue={filter.number ?? ""}
        maxLength={64}
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

function chipsOf(address: ListAddress, filter: PaymentFilter, credentials: readonly NamedCredential[]): FilterChip[] {
  const without = (...names: string[]) => {
    const gone = Object.fromEntries([...names, "after", "before"].map((name) => [name, null]));
    return addressOf({ path: address.path, search: withParams(address.search, gone) });
  };
  const chips: (FilterChip | null)[] = [
    filter.states.length === 0
      ? null
      : {
          key: "state",
          label: "state",
          operator: filter.states.length === 1 ? "=" : "∋",
          value: filter.states.map(stateWord).join(", "),
          removeHref: without("state"),
          fieldId: `state-${filter.states[0]}`,
        },
    chip("way", "way", filter.wayCode, without("way")),
    chip(
      "credential",
      "credential",
      filter.credentialId && (credentials.find(({ id }) => id === filter.credentialId)?.label ?? "unknown"),
      without("credential"),
    ),
    chip("number", "number", filter.number && `${filter.number}…`, without("number")),
    chip("from", "created", daysText(filter.from, filter.to), without("from", "to")),
    filter.least === null ? null : { ...range("least", filter.least, without("least")), operator: "≥" },
    filter.most === null ? null : { ...range("most", filter.most, without("most")), operator: "≤" },
  ];
  return chips.filter((one) => one !== null);
}

function chip(key: string, label: string, value: string | null, removeHref: string): FilterChip | null {
  return value ? { key, label, value, removeHref, fieldId: key } : null;
}

function range(key: "least" | "most", amount: number, removeHref: string): FilterChip {
  return { key, label: "amount", value: formatMoney(amount, "HKD"), removeHref, fieldId: key };
}

function daysText(from: string | null, to: string | null): string | null {
  if (from && to) return from === to ? from : `${from} – ${to}`;
  if (from) return `since ${from}`;
  return to ? `until ${to}` : null;
}

function typed(amount: number | null): string {
  return amount === null ? "" : formatAmount(amount, "HKD").replaceAll(",", "");
}

function stateWord(state: ListedState): string {
  if (state === "part-refunded") return paymentStateWord({ state: "paid", isPartRefunded: true }).word;
  if (state === "closed") return "Closed or expired";
  return paymentStateWord({ state }).word;
}
