import type { ListAddress } from "@/components/data-table/address";
import { daysChip, valueChip, wordsChip } from "@/components/data-table/chips";
import { FilterBar } from "@/components/data-table/filter-bar";
import { CredentialSelect, credentialChip, DaysFields, WordBoxes } from "@/components/data-table/filter-fields";
import { verdictWord } from "@/components/states/verdict-label";
import { TextField } from "@/components/ui/text-field";
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
  const chips = [
    ...wordsChip(address, { name: "verdict", values: filter.verdicts, words: filter.verdicts.map(listedVerdictWord) }),
    ...wordsChip(address, { name: "kind", values: filter.kinds, words: filter.kinds }),
    ...credentialChip(address, filter.credentialId, credentials),
    ...valueChip(address, { name: "number", label: "order", value: filter.number && `${filter.number}…` }),
    ...daysChip(address, "received", filter),
  ];
  return (
    <FilterBar path={address.path} noun="notifications" chips={chips}>
      <WordBoxes
        legend="Verdict"
        name="verdict"
        chosen={filter.verdicts}
        options={verdicts.map((verdict) => ({ value: verdict, label: listedVerdictWord(verdict) }))}
      />
      <WordBoxes
        legend="About"
        name="kind"
        chosen={filter.kinds}
        options={NotificationKind.options.map((kind) => ({ value: kind, label: kind }))}
        isWide={false}
      />
      <CredentialSelect value={filter.credentialId} credentials={credentials} />
      <TextField
        name="number"
        label="Order"
        help="The beginning of the number that the message names"
        mono
        optional
        defaultValue={filter.number ?? ""}
        maxLength={64}
      />
      <DaysFields legend="Received" filter={filter} />
    </FilterBar>
  );
}

/** A message that came again is a duplicate of itself, whatever its verdict. */
function listedVerdictWord(verdict: ListedVerdict): string {
  return verdictWord(verdict === "repeated" ? "duplicate" : verdict).word;
}
