import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";

export const windowMinutes = 15;

/** Failures within one window. Many people may share an address, so it has more. */
export const mostFailures = { account: 10, address: 60 } as const;

/**
 * Under which keys an attempt counts.
 *
 * Whoever guesses from elsewhere can lock an account only for addresses that never signed in to it: a familiar address
 * counts by itself, so nobody can shut a person out of the console by failing on purpose.
 */
export function limitKeys({
  email,
  address,
  isFamiliar,
}: {
  email: string;
  address: string | null;
  isFamiliar: boolean;
}): { account: string; address: string } {
  // Hashed, because people type passwords into the wrong field.
  const account = createHash("sha256").update(email).digest("hex").slice(0, 32);
  const place = address === null ? "unknown" : networkOf(address);
  return { account: isFamiliar ? `account:${account}@${place}` : `account:${account}`, address: `address:${place}` };
}

/** An IPv6 connection has 2^64 addresses to choose from, so its network counts. */
function networkOf(address: string): string {
  const parsed = ipaddr.parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()}/64`;
}
