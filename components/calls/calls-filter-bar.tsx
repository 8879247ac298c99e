import type { ListAddress } from "@/components/data-table/address";
import { daysChip, valueChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { DateRangeFields } from "@/components/data-table/range-fields";
import { Select } from "@/components/ui/select";
import type { CallFilter } from "@/db/queries/calls";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import { operationOf, operations } from "./operations";

type Props = { address: ListAddress; filter: CallFilter; credentials: readonly NamedCredential[] };

const outcomeWords = { ok: "answered", trouble: "not answered well" };

/** What the list of calls is narrowed to, and the fields that change it. */
export function CallsFilterBar({ address, filter, credentials }: Props) {
  const label = credentials.find(({ id }) => id === filter.credentialId)?.label ?? "unknown";
  const chips = [
    ...valueChip(address, { name: "outcome", value: filter.outcome && outcomeWords[filter.outcome] }),
    ...valueChip(address, { name: "operation", value: filter.operation && operationOf(filter.operation).path }),
    ...valueChip(address, { name: "credential", value: filter.credentialId && label }),
    ...daysChip(address, "time", filter),
  ];
  return (
    <FilterBar path={address.path} noun="calls" chips={chips}>
      <Select
        name="outcome"
        label="Outcome"
        optional
        defaultValue={filter.outcome ?? ""}
        options={[
          { value: "", label: "Any" },
          { value: "ok", label: "Answered" },
          { value: "trouble", label: "Not answered well" },
        ]}
      />
      <Select
        name="operation"
        label="Operation"
        optional
        defaultValue={filter.operation ?? ""}
        options={[
          { value: "", label: "Any" },
          ...operations.map(({ name, label: words }) => ({ value: name, label: words })),
        ]}
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
        legend="Time"
        from={{ name: "from", value: filter.from ?? "" }}
        to={{ name: "to", value: filter.to ?? "" }}
      />
    </FilterBar>
  );
}
