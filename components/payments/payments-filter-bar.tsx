import type { ListAddress } from "@/components/data-table/address";
import { daysChip, sumChips, valueChip, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import {
  CredentialSelect,
  credentialChip,
  DaysFields,
  keptSort,
  SumFields,
  WordBoxes,
} from "@/components/data-table/filter-fields";
import { paymentStateWord } from "@/components/states/payment-state-label";
import { TextField } from "@/components/ui/text-field";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import type { ListedState, PaymentFilter } from "@/db/queries/payments-filter";

type Props = {
  address: ListAddress;
  filter: PaymentFilter;
  states: readonly ListedState[];
  credentials: readonly NamedCredential[];
};

/** What the list is narrowed to, as it stands in the address, and the fields that change it. */
export function PaymentsFilterBar({ address, filter, states, credentials }: Props) {
  const keep = [...keptSort(filter.window.sort), ...(filter.needsLook ? [{ name: "look", value: "1" }] : [])];
  const chips = [
    ...wordsChip(address, { name: "state", values: filter.states, words: filter.states.map(stateWord) }),
    ...valueChip(address, { name: "way", value: filter.wayCode }),
    ...credentialChip(address, filter.credentialId, credentials),
    ...valueChip(address, { name: "number", value: filter.number && `${filter.number}…` }),
    ...daysChip(address, "created", filter),
    ...sumChips(address, filter),
  ];
  return (
    <FilterBar path={address.path} noun="payments" chips={chips} keep={keep}>
      <WordBoxes
        legend="State"
        name="state"
        chosen={filter.states}
        options={states.map((state) => ({ value: state, label: stateWord(state) }))}
      />
      <TextField
        name="way"
        label="Way code"
        mono
        optional
        defaultValue={filter.wayCode ?? ""}
        placeholder="WX_QR"
        maxLength={30}
      />
      <CredentialSelect value={filter.credentialId} credentials={credentials} />
      <TextField
        name="number"
        label="Number"
        help="The beginning of our order number, the gateway’s or the channel’s"
        mono
        optional
        defaultValue={filter.number ?? ""}
        maxLength={64}
      />
      <DaysFields legend="Created" filter={filter} />
      <SumFields filter={filter} />
    </FilterBar>
  );
}

function stateWord(state: ListedState): string {
  if (state === "part-refunded") return paymentStateWord({ state: "paid", isPartRefunded: true }).word;
  if (state === "closed") return "Closed or expired";
  return paymentStateWord({ state }).word;
}
