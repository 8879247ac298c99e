import { z } from "zod";
import { CredentialId } from "./ids";
import { parseAmount } from "./money";

/** The parameters of an address, as a page receives them: each name once, repeated, or not at all. */
export type AddressParams = Readonly<Record<string, string | string[] | undefined>>;

export type Sort<By extends string> = { readonly by: By; readonly direction: "asc" | "desc" };

/** Which part of a sorted list is asked for: its beginning, or what follows or precedes a row already seen (a cursor). */
export type ListWindow<By extends string> = {
  readonly sort: Sort<By>;
  readonly after: string | null;
  readonly before: string | null;
};

/** One screen of a list. `newer` and `older` are cursors for `before=` and `after=`, null at the two ends. */
export type ListPage<Row> = { readonly rows: Row[]; readonly newer: string | null; readonly older: string | null };

/**
 * The value of a parameter, read by a schema. Whatever does not fit counts as not said: addresses are kept, sent on and
 * typed by hand, and an old one opens a list and never an error.
 */
export function readParam<Schema extends z.ZodType<unknown, string>>(
  params: AddressParams,
  name: string,
  schema: Schema,
): z.infer<Schema> | null {
  const given = [params[name]].flat()[0]?.trim();
  if (given === undefined || given === "") return null;
  const read = schema.safeParse(given);
  return read.success ? read.data : null;
}

/** The search part of an address as it was asked for, so that every link from a page keeps what it does not change. */
export function searchTextOf(params: AddressParams): string {
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(params)) {
    for (const value of [values ?? []].flat()) if (value !== "") search.append(name, value);
  }
  return search.toString();
}

/** A parameter that may be repeated or hold several words with commas between: those that are known, in their order. */
export function readWords<const Word extends string>(
  params: AddressParams,
  name: string,
  known: readonly Word[],
): Word[] {
  const given = new Set([params[name]].flat().flatMap((text) => text?.split(",") ?? []));
  return known.filter((word) => given.has(word));
}

/** `sort=amount` is upwards, `sort=-amount` downwards. The first column downwards is the usual order. */
export function readListWindow<By extends string>(
  params: AddressParams,
  columns: readonly [By, ...By[]],
): ListWindow<By> {
  const text = readParam(params, "sort", z.string()) ?? "";
  const by = columns.find((column) => column === text.replace(/^-/, ""));
  const direction = by && !text.startsWith("-") ? "asc" : "desc";
  const after = readParam(params, "after", CursorText);
  return {
    sort: { by: by ?? columns[0], direction },
    after,
    before: after ? null : readParam(params, "before", CursorText),
  };
}

const CursorText = z.string().max(200);

/** Whole days in Hong Kong, as `2026-11-19`, both included. */
export const Day = z.iso.date().refine((text) => text >= "2000-01-01" && text < "2100-01-01");

/** The instant a Hong Kong day begins, and the one after it. */
export function hongKongDay(day: string): { begins: Date; ends: Date } {
  const begins = new Date(`${day}T00:00:00+08:00`);
  return { begins, ends: new Date(begins.getTime() + 86_400_000) };
}

/** The day it is in Hong Kong. */
export function hongKongDate(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** An amount as a person types it, in Hong Kong dollars, read as minor units. */
export const TypedSum = z.string().transform((text, context): number => {
  const amount = parseAmount(text.replaceAll(",", ""), "HKD");
  if (amount.ok) return amount.value;
  context.addIssue({ code: "custom", message: amount.error.message });
  return z.NEVER;
});

export const WayCodeText = z.string().regex(/^[A-Za-z0-9_]{1,30}$/);

/** A number of ours or the gateway's, or the beginning of one. */
export const NumberText = z.string().regex(/^[!-~]{1,64}$/);

/** The days that a list can be narrowed to. */
export type DayRange = { readonly from: string | null; readonly to: string | null };

export function readDayRange(params: AddressParams): DayRange {
  return { from: readParam(params, "from", Day), to: readParam(params, "to", Day) };
}

/** Minor units, both included. */
export type SumRange = { readonly least: number | null; readonly most: number | null };

export function readSumRange(params: AddressParams): SumRange {
  return { least: readParam(params, "least", TypedSum), most: readParam(params, "most", TypedSum) };
}

export function readCredentialId(params: AddressParams): CredentialId | null {
  return readParam(params, "credential", CredentialId);
}
