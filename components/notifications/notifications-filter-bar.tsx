import type { ListAddress } from "@/components/data-table/address";
import { daysChip, valueChip, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { DateRangeFields } from "@/components/data-table/range-fields";
import { verdictWord } from "@/components/states/verdict-label";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import type { ListedVerdict, NotificationFilter } from "@/db/queries/notifications";
import type { NamedCredential } from "@/db/queries/payment-credentials";
import { NotificationKind } from "@/lib/domain/verdict";

type Props = {
  address: ListAddress;
  filter: NotificationFilter;
  verdicts: readonly ListedVerdict[];
  credentials: readonly NamedCredential[];
};

/** What the list of notifications is narrowed to, and the fields that change it. */
export function NotificationsFilterBar({ address, filter, verdicts, credentials }: Props) {
  const label = credentials.find(({ id }) => id === filter.credentialId)?.label ?? "unknown";
  const chips = [
    ...wordsChip(address, { name: "verdict", values: filter.verdicts, words: filter.verdicts.map(listedVerdictWord) }),
    ...wordsChip(address, { name: "kind", values: filter.kinds, words: filter.kinds }),
    ...valueChip(address, { name: "credential", value: filter.credentialId && label }),
    ...daysChip(address, "received", filter),
  ];
  return (
    <FilterBar path={address.path} noun="notifications" chips={chips}>
      <fieldset className="grid content-start gap-1 desk:col-span-2 wide:col-span-3">
        <legend className="mb-1.5 text-12 font-medium text-ink-2">Verdict</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 desk:grid-cols-4">
          {verdicts.map((verdict) => (
            <Checkbox
              key={verdict}
              name="verdict"
              value={verdict}
              label={listedVerdictWord(verdict)}
              defaultChecked={filter.verdicts.includes(verdict)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="grid content-start gap-1">
        <legend className="mb-1.5 text-12 font-medium text-ink-2">About</legend>
        <div className="flex flex-wrap gap-x-5">
          {NotificationKind.options.map((kind) => (
            <Checkbox key={kind} name="kind" value={kind} label={kind} defaultChecked={filter.kinds.includes(kind)} />
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
        legend="Received"
        from={{ name: "from", value: filter.from ?? "" }}
        to={{ name: "to", value: filter.to ?? "" }}
      />
    </FilterBar>
  );
}

/** A message that came again is a duplicate of itself, whatever its verdict. */
function listedVerdictWord(verdict: ListedVerdict): string {
  return verdictWord(verdict === "repeated" ? "duplicate" : verdict).word;
}
