import type { ListAddress } from "@/components/data-table/address";
import { daysChip, valueChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { AnySelect, CredentialSelect, credentialChip, DaysFields } from "@/components/data-table/filter-fields";
import type { CallFilter } from "@/db/queries/calls";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import { troubleKinds } from "./call-outcome";
import { operationOf, operations } from "./operations";

type Props = { address: ListAddress; filter: CallFilter; credentials: readonly NamedCredential[] };

const outcomeWords = { ok: "answered", trouble: "not answered well" };

/** What the list of calls is narrowed to, and the fields that change it. */
export function CallsFilterBar({ address, filter, credentials }: Props) {
  const chips = [
    ...valueChip(address, { name: "outcome", value: filter.outcome && outcomeWords[filter.outcome] }),
    ...valueChip(address, {
      name: "kind",
      value: filter.kind && (troubleKinds.find(({ value }) => value === filter.kind)?.label ?? filter.kind),
    }),
    ...valueChip(address, { name: "operation", value: filter.operation && operationOf(filter.operation).path }),
    ...credentialChip(address, filter.credentialId, credentials),
    ...daysChip(address, "time", filter),
  ];
  return (
    <FilterBar path={address.path} noun="calls" chips={chips}>
      <AnySelect
        name="outcome"
        label="Outcome"
        value={filter.outcome}
        options={[
          { value: "ok", label: "Answered" },
          { value: "trouble", label: "Not answered well" },
        ]}
      />
      <AnySelect name="kind" label="Trouble" value={filter.kind} options={troubleKinds} />
      <AnySelect
        name="operation"
        label="Operation"
        value={filter.operation}
        options={operations.map(({ name, label }) => ({ value: name, label }))}
      />
      <CredentialSelect value={filter.credentialId} credentials={credentials} />
      <DaysFields legend="Time" filter={filter} />
    </FilterBar>
  );
}
