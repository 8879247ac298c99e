import type { DayRange, SumRange } from "@/lib/domain/list-address";
import { formatMoney } from "@/lib/domain/money";
import { addressOf, type ListAddress, withParams } from "./address";
import type { FilterChip } from "./filter-bar";

/** The same list from its beginning, without some of its filters. */
function withoutFilters(address: ListAddress, ...names: string[]): string {
  const gone = Object.fromEntries([...names, "after", "before"].map((name) => [name, null]));
  return addressOf({ path: address.path, search: withParams(address.search, gone) });
}

/** A filter with one value, under the name it has in the address. No chip for none. */
export function valueChip(
  address: ListAddress,
  { name, label = name, value }: { name: string; label?: string; value: string | null },
): FilterChip[] {
  if (!value) return [];
  return [{ key: name, label, value, removeHref: withoutFilters(address, name), fieldId: name }];
}

/** A filter of which several words may be chosen; `words` are how people say them. Its boxes are named `name-value`. */
export function wordsChip(
  address: ListAddress,
  { name, values, words }: { name: string; values: readonly string[]; words: readonly string[] },
): FilterChip[] {
  if (values.length === 0) return [];
  const operator = values.length === 1 ? "=" : "∋";
  const removeHref = withoutFilters(address, name);
  return [{ key: name, label: name, operator, value: words.join(", "), removeHref, fieldId: `${name}-${values[0]}` }];
}

export function daysChip(address: ListAddress, label: string, { from, to }: DayRange): FilterChip[] {
  if (!from && !to) return [];
  const value = from && to ? (from === to ? from : `${from} – ${to}`) : from ? `since ${from}` : `until ${to}`;
  return [{ key: "days", label, value, removeHref: withoutFilters(address, "from", "to"), fieldId: "from" }];
}

export function sumChips(address: ListAddress, { least, most }: SumRange): FilterChip[] {
  const chip = (name: "least" | "most", operator: "≥" | "≤", amount: number | null): FilterChip[] =>
    amount === null
      ? []
      : [
          {
            key: name,
            label: "amount",
            operator,
            value: formatMoney(amount, "HKD"),
            removeHref: withoutFilters(address, name),
            fieldId: name,
          },
        ];
  return [...chip("least", "≥", least), ...chip("most", "≤", most)];
}
