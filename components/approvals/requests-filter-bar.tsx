import { addressOf, type ListAddress, type Sort, withParams } from "@/components/data-table/address";
import { daysChip, sumChips, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { DaysFields, keptSort, SumFields, WordBoxes } from "@/components/data-table/filter-fields";
import { requestStateWords } from "@/components/states/request-state-label";
import type { RequestFilter } from "@/db/queries/refund-requests";
import { requestStates } from "@/lib/domain/refund-request-state";

// An address without a word about states means the open ones.
const anyOf = { state: "all" };

type Props = { address: ListAddress; filter: RequestFilter; sort: Sort };

/** What the list of requests is narrowed to, and the fields that change it. */
export function RequestsFilterBar({ address, filter, sort }: Props) {
  const words = filter.states.map((state) => requestStateWords[state].word);
  const anyState = addressOf({
    path: address.path,
    search: withParams(address.search, { ...anyOf, after: null, before: null }),
  });
  const chips = [
    ...wordsChip(address, { name: "state", values: filter.states, words }).map((chip) => ({
      ...chip,
      removeHref: anyState,
    })),
    ...daysChip(address, "asked", filter),
    ...sumChips(address, filter),
  ];
  return (
    <FilterBar
      path={address.path}
      noun="approvals"
      chips={chips}
      keep={[...keptSort(sort), { name: "state", value: "all" }]}
    >
      <WordBoxes
        legend="State"
        name="state"
        chosen={filter.states}
        options={requestStates.map((state) => ({ value: state, label: requestStateWords[state].word }))}
      />
      <DaysFields legend="Asked" filter={filter} />
      <SumFields filter={filter} />
    </FilterBar>
  );
}
