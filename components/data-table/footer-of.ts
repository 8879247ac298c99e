import type { ListPage } from "@/lib/domain/list-address";
import { addressOf, type ListAddress, withParams } from "./address";
import type { TableFooterProps } from "./table-footer";

/**
 * What stands below one screen of a list: the addresses of its neighbours, and the time it spans.
 *
 * @param timeOf  by what the list is sorted; null when it is not in the order of time
 */
export function footerOf<Row>(
  { path, search }: ListAddress,
  { rows, newer, older }: ListPage<Row>,
  timeOf: ((row: Row) => Date) | null,
): TableFooterProps {
  const pageHref = (name: "after" | "before", cursor: string | null) =>
    cursor && addressOf({ path, search: withParams(search, { after: null, before: null, [name]: cursor }) });
  const shown = (row: Row | undefined) => (row && timeOf ? timeOf(row) : null);
  return {
    newer: pageHref("before", newer),
    older: pageHref("after", older),
    first: shown(rows[0]),
    last: shown(rows.at(-1)),
  };
}
