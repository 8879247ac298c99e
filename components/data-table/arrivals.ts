type Shown<Row> = {
  rows: readonly Row[];
  /** Rows that have come since and wait until somebody asks for them. */
  waiting: readonly Row[];
  /** Ids of rows whose facts changed with this news. */
  changed: ReadonlySet<string>;
};

export type ArrivalKeys<Row> = {
  getRowId: (row: Row) => string;
  changeKey: (row: Row) => string;
  /** Whether the list goes on after the fresh rows: only then can one be pushed off their end. */
  goesOn: boolean;
};

/**
 * Brings fresh facts into a list somebody is reading, so that it never jumps: rows already shown keep their place,
 * new ones wait, and rows that the new ones pushed off the end stay. A row that is gone from the middle
 * no longer belongs to the list and leaves it. When none of the rows shown is left, there is nothing to keep in place.
 */
export function mergeFresh<Row>(shown: readonly Row[], fresh: readonly Row[], keys: ArrivalKeys<Row>): Shown<Row> {
  const { getRowId, changeKey, goesOn } = keys;
  if (shown.length === 0) return { rows: fresh, waiting: [], changed: new Set() };
  const freshById = new Map(fresh.map((row) => [getRowId(row), row]));
  const shownIds = new Set(shown.map(getRowId));
  const lastKept = shown.findLastIndex((row) => freshById.has(getRowId(row)));
  const rows = shown.flatMap((row, index) => {
    const news = freshById.get(getRowId(row));
    if (news) return [news];
    return index > lastKept && goesOn && fresh.length >= shown.length ? [row] : [];
  });
  if (rows.length === 0) return { rows: fresh, waiting: [], changed: new Set() };
  const before = new Map(shown.map((row) => [getRowId(row), changeKey(row)]));
  const changed = rows.map(getRowId).filter((id) => {
    const news = freshById.get(id);
    return news !== undefined && changeKey(news) !== before.get(id);
  });
  return { rows, waiting: fresh.filter((row) => !shownIds.has(getRowId(row))), changed: new Set(changed) };
}
