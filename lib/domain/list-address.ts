import { z } from "zod";

/** The parameters of an address, as a page receives them. Of a repeated one the last counts. */
export type AddressParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export type Sort<By extends string> = { readonly by: By; readonly direction: "asc" | "desc" };

/** Where one row stands in a sorted list: the value it is sorted by (an instant or minor units), and its id among equals. */
export type Position = { readonly value: Date | number; readonly id: string };

/** Which part of a sorted list is asked for: its beginning, or what follows or precedes a row already seen. */
export type ListWindow<By extends string> = {
  readonly sort: Sort<By>;
  readonly after: Position | null;
  readonly before: Position | null;
};

/** One screen of a list. `newer` and `older` are the texts for `before=` and `after=`, null at the two ends. */
export type ListPage<Row> = { readonly rows: Row[]; readonly newer: string | null; readonly older: string | null };

/** The text of a parameter without the spaces around it, null when it is absent or empty. */
export function readText(params: AddressParams, name: string, longest = 100): string | null {
  const given = params[name];
  const text = (typeof given === "string" || given === undefined ? given : given.at(-1))?.trim() ?? "";
  return text === "" || text.length > longest ? null : text;
}

/** The parameter when it is one of the known words, else null: an address is typed by hand too, and must not fail. */
export function readWord<const Words extends readonly string[]>(
  params: AddressParams,
  name: string,
  words: Words,
): Words[number] | null {
  const text = readText(params, name);
  return words.find((word) => word === text) ?? null;
}

/**
 * Sort and cursor of an address: `sort=amount` is upwards, `sort=-amount` downwards. Whatever cannot be read falls back
 * to the usual order and to the beginning. A cursor gives no right: every list is read within its scope.
 *
 * @param columns  what may be sorted by, and whether it holds instants or amounts; the first one is the usual order
 */
export function readListWindow<By extends string>(
  params: AddressParams,
  columns: Readonly<Record<By, "instant" | "amount">>,
): ListWindow<By> {
  const names = Object.keys(columns) as By[];
  const text = readText(params, "sort") ?? "";
  const direction = text.startsWith("-") || text === "" ? "desc" : "asc";
  const known = names.find((name) => name === text.replace(/^-/, ""));
  const by = known ?? (names[0] as By);
  const sort: Sort<By> = { by, direction: known ? direction : "desc" };
  const after = readPosition(readText(params, "after"), columns[by]);
  const before = after ? null : readPosition(readText(params, "before"), columns[by]);
  return { sort, after, before };
}

/** A position as it stands in an address: the number it is sorted by (for instants, milliseconds) and the id. */
export function positionText({ value, id }: Position): string {
  return `${value instanceof Date ? value.getTime() : value}_${id}`;
}

// The last millisecond that `timestamptz` and a `Date` both hold.
const lastInstant = 8_640_000_000_000_000;
const PositionText = z.string().regex(/^-?[0-9]{1,16}_[0-9a-f-]{36}$/);

function readPosition(text: string | null, kind: "instant" | "amount"): Position | null {
  if (!PositionText.safeParse(text).success || text === null) return null;
  const [number = "", id = ""] = text.split("_");
  const value = Number(number);
  if (!z.uuid().safeParse(id).success || Math.abs(value) > lastInstant) return null;
  return { value: kind === "instant" ? new Date(value) : value, id };
}
