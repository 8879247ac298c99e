import { createHash } from "node:crypto";

/**
 * Signs flat fields, written for the journeys alone: the product's own signer must not be believed when it is asked
 * whether the product signs well. Names are ASCII.
 *
 * Source: gateway-protocol 2.2; held against `lib/gateway/vectors/signing.json`.
 */
export function signed(fields: Record<string, string | number>, secret: string): string {
  const entries = Object.entries(fields)
    .filter(([name, value]) => name !== "sign" && value !== "")
    .map(([name, value]) => `${name}=${value}&`);
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  entries.sort((a, b) => compare(a.toUpperCase().toLowerCase(), b.toUpperCase().toLowerCase()));
  return createHash("md5")
    .update(`${entries.join("")}key=${secret}`, "utf8")
    .digest("hex")
    .toUpperCase();
}
