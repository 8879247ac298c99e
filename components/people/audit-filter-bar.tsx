import type { ListAddress } from "@/components/data-table/address";
import { daysChip, valueChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { AnySelect, DaysFields } from "@/components/data-table/filter-fields";
import { TextField } from "@/components/ui/text-field";
import type { AuditFilter } from "@/db/queries/audit";
import type { PersonRow } from "@/db/queries/people";
import { auditActions, auditSentence } from "./audit-words";

type Props = { address: ListAddress; filter: AuditFilter; people: readonly Pick<PersonRow, "id" | "name">[] };

/** Who may act without being a person. */
const programs = ["worker", "script", "gateway"];

/** What the audit is narrowed to, and the fields that change it. */
export function AuditFilterBar({ address, filter, people }: Props) {
  const who = [
    ...people.map(({ id, name }) => ({ value: id as string, label: name })),
    ...programs.map((name) => ({ value: name, label: name })),
  ];
  const name = who.find(({ value }) => value === filter.who)?.label ?? filter.who;
  const chips = [
    ...valueChip(address, { name: "who", value: name }),
    ...valueChip(address, { name: "act", value: filter.action && auditSentence(filter.action) }),
    ...valueChip(address, { name: "environment", value: filter.environment }),
    ...valueChip(address, { name: "subject", label: "about", value: filter.subject }),
    ...daysChip(address, "when", filter),
  ];
  return (
    <FilterBar path={address.path} noun="audit" chips={chips}>
      <AnySelect name="who" label="Who" value={filter.who} options={who} />
      <AnySelect
        name="act"
        label="Did what"
        value={filter.action}
        options={auditActions.map((action) => ({ value: action, label: auditSentence(action) }))}
      />
      <AnySelect
        name="environment"
        label="Where"
        value={filter.environment}
        options={["test", "production"].map((value) => ({ value, label: value }))}
      />
      <TextField
        name="subject"
        label="About, or its beginning"
        mono
        optional
        defaultValue={filter.subject ?? ""}
        placeholder="credential:"
        maxLength={64}
      />
      <DaysFields legend="When" filter={filter} />
    </FilterBar>
  );
}
