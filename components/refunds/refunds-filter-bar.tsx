import type { ListAddress, Sort } from "@/components/data-table/address";
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
import { refundStateWord } from "@/components/states/refund-state-label";
import { TextField } from "@/components/ui/text-field";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import type { RefundFilter } from "@/db/queries/refunds";
import { RefundState } from "@/lib/domain/refund-state";

type Props = {
  address: ListAddress;
  filter: RefundFilter;
  sort: Sort;
  credentials: readonly NamedCredential[];
};

/** What the list of refunds is narrowed to, and the fields that change it. */
export function RefundsFilterBar({ address, filter, sort, credentials }: Props) {
  const words = filter.states.map((state) => refundStateWord(state).word);
  const chips = [
    ...wordsChip(address, { name: "state", values: filter.states, words }),
    ...valueChip(address, { name: "way", value: filter.wayCode }),
    ...credentialChip(address, filter.credentialId, credentials),
    ...daysChip(address, "created", filter),
    ...sumChips(address, filter),
  ];
  const keep = [...keptSort(sort), ...(filter.needsLook ? [{ name: "look", value: "1" }] : [])];
  return (
    <FilterBar path={address.path} noun="refunds" chips={chips} keep={keep}>
      <WordBoxes
        legend="State"
        name="state"
        chosen={filter.states}
        options={RefundState.options.map((state) => ({ value: state, label: refundStateWord(state).word }))}
      />
      <TextField
        name="way"
        label="Way code of the payment"
        mono
        optional
        defaultValue={filter.wayCode ?? ""}
        placeholder="WX_QR"
        maxLength={30}
      />
      <CredentialSelect value={filter.credentialId} credentials={credentials} />
      <DaysFields legend="Created" filter={filter} />
      <SumFields filter={filter} />
    </FilterBar>
  );
}
