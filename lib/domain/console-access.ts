import { isInRanges } from "./address-list";

/**
 * From which addresses people may use the console, and from which its settings: addresses and ranges as `readRange` writes
 * them. An empty list names every address. Settings need a place on both lists.
 */
export type ConsoleAccess = { readonly console: readonly string[]; readonly settings: readonly string[] };

/** A part of the product that a list can close. */
export type ClosedPart = keyof ConsoleAccess;

/** What is closed to an address: everything, its settings, or nothing. An address that is not known is on no list. */
export function closedTo({ console: everything, settings }: ConsoleAccess, address: string | null): ClosedPart | null {
  if (!isListed(everything, address)) return "console";
  return isListed(settings, address) ? null : "settings";
}

function isListed(list: readonly string[], address: string | null): boolean {
  return list.length === 0 || isInRanges(address, list);
}
