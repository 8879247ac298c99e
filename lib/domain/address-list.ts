import ipaddr from "ipaddr.js";
import { z } from "zod";

/**
 * Where notifications of a credential may come from: addresses and ranges as `readRange` writes them. In `learn` every
 * address is as good as another; never instead of the signature, in `enforce` neither.
 */
export type SourceRule = { readonly mode: "learn" | "enforce"; readonly addresses: readonly string[] };

/** @param address  as `clientAddress` gives it; null when nobody trustworthy said it */
export function mayComeFrom({ mode, addresses }: SourceRule, address: string | null): boolean {
  return mode === "learn" || isInRanges(address, addresses);
}

/** Whether an address lies in one of the ranges. An address that is not known, or none, lies in no range. */
export function isInRanges(address: string | null, ranges: readonly string[]): boolean {
  const read = address === null ? null : readAddress(address);
  if (read === null) return false;
  return parsedOnce(ranges).some(([network, bits]) => network.kind() === read.kind() && read.match(network, bits));
}

/**
 * One address, or a range in CIDR form, of IPv4 or IPv6, as it is kept: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`.
 * IPv4 inside of IPv6 becomes IPv4. Null for anything else: short and octal spellings, zones, and ranges that hold everything.
 */
export function readRange(text: string): string | null {
  const [, base = "", suffix] = /^([0-9a-fA-F.:]+)(?:\/([0-9]{1,3}))?$/.exec(text.trim()) ?? [];
  const read = readAddress(base);
  if (read === null) return null;
  const whole = read.kind() === "ipv4" ? 32 : 128;
  const isMapped = read.kind() === "ipv4" && base.includes(":");
  const bits = suffix === undefined ? whole : Number(suffix) - (isMapped ? 96 : 0);
  if (bits < 1 || bits > whole) return null;
  const network =
    read.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(`${read}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${read}/${bits}`);
  return bits === whole ? network.toString() : `${network}/${bits}`;
}

export const mostRanges = 100;

/** A list as somebody types it: one entry a line, or divided by commas or spaces. Each entry once, in its order. */
export const AddressList = z
  .string()
  .max(10_000, "That is too long for a list of addresses.")
  .transform((text, context): string[] => {
    const entries = text.split(/[\s,;]+/).filter((entry) => entry !== "");
    const ranges = new Set<string>();
    for (const entry of entries) {
      const range = readRange(entry);
      if (range === null) {
        const example = "203.0.113.7, 203.0.113.0/24 or 2001:db8::/32";
        context.addIssue({
          code: "custom",
          message: `“${entry.slice(0, 60)}” is no address or range such as ${example}.`,
        });
        return z.NEVER;
      }
      ranges.add(range);
    }
    if (ranges.size > mostRanges) {
      context.addIssue({ code: "custom", message: `At most ${mostRanges} entries. Use ranges.` });
      return z.NEVER;
    }
    return [...ranges];
  });

type Address = ReturnType<typeof ipaddr.process>;

function readAddress(text: string): Address | null {
  const isWritten = text.includes(":") || ipaddr.IPv4.isValidFourPartDecimal(text);
  return isWritten && ipaddr.isValid(text) ? ipaddr.process(text) : null;
}

const parsed = new WeakMap<readonly string[], [network: Address, bits: number][]>();

/** A list is one object for many messages. */
function parsedOnce(ranges: readonly string[]): [network: Address, bits: number][] {
  const known = parsed.get(ranges);
  if (known) return known;
  const fresh = ranges.map((range): [Address, number] => {
    const [base = "", bits] = range.split("/");
    const network = ipaddr.process(base);
    return [network, bits === undefined ? (network.kind() === "ipv4" ? 32 : 128) : Number(bits)];
  });
  parsed.set(ranges, fresh);
  return fresh;
}
