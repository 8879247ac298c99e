import type { ListAddress, Sort } from "@/components/data-table/address";
import { daysChip, sumChips, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import {
  CredentialSelect,
  credentialChip,
  DaysFields,
  keptSort,
  SumFields,
  WordBoxes,
} from "@/components/data-table/filter-fields";
import type { HoldFilter } from "@/db/queries/holds";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import { standings, standingWords } from "./hold-words";

type Props = { address: ListAddress; filter: HoldFilter; sort: Sort; credentials: readonly NamedCredential[] };

/** What the list of holds is narrowed to, and the fields that change it. */
export function HoldsFilterBar({ address, filter, sort, credentials }: Props) {
  const words = filter.standings.map((standing) => standingWords[standing]);
  const chips = [
    ...wordsChip(address, { name: "standing", values: filter.standings, words }),
    ...credentialChip(address, filter.credentialId, credentials),
    ...daysChip(address, "created", filter),
    ...sumChips(address, filter),
  ];
  return (
    <FilterBar path={address.path} noun="holds" chips={chips} keep={keptSort(sort)}>
      <WordBoxes
        legend="Standing"
        name="standing"
        chosen={filter.standings}
        options={standings.map((standing) => ({ value: standing, label: standingWords[standing] }))}
      />
      <CredentialSelect value={filter.credentialId} credentials={credentials} />
      <DaysFields legend="Created" filter={filter} />
      <SumFields legend="Held amount" filter={filter} />
    </FilterBar>
  );
}
