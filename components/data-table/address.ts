type SortDirection = "asc" | "desc";
export type Sort = { by: string; direction: SortDirection };

/** A list's address: its path and the search part without the question mark. */
export type ListAddress = { path: string; search: string };

/** The search part with some values replaced; `null` takes one away. */
export function withParams(search: string, changes: Record<string, string | null>): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return params.toString();
}

export function addressOf({ path, search }: ListAddress): string {
  return search === "" ? path : `${path}?${search}`;
}

/** `amount` sorts upwards, `-amount` downwards. */
export function sortParam({ by, direction }: Sort): string {
  return direction === "desc" ? `-${by}` : by;
}

/** The sort an address asks for, or `null` when it names none of the allowed columns. */
export function readSort(param: string | null | undefined, allowed: readonly string[]): Sort | null {
  if (!param) return null;
  const direction = param.startsWith("-") ? "desc" : "asc";
  const by = direction === "desc" ? param.slice(1) : param;
  return allowed.includes(by) ? { by, direction } : null;
}

/** Where a header leads: sort by it, or turn it round. A new order begins at the first page. */
export function sortHref(address: ListAddress, by: string, now: Sort | null, first: SortDirection): string {
  const turned: SortDirection = now?.direction === "desc" ? "asc" : "desc";
  const direction = now?.by === by ? turned : first;
  const search = withParams(address.search, { sort: sortParam({ by, direction }), after: null, before: null });
  return addressOf({ path: address.path, search });
}
