import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import type { Environment } from "@/lib/domain/environment";
import { err, ok, type Result } from "@/lib/domain/result";

/** One address of a host, as a connection takes it. */
export type HostAddress = { address: string; family: 4 | 6 };

/** Asks the name service. Throws when the name has no address. */
export type Resolve = (hostname: string) => Promise<HostAddress[]>;

/**
 * Reads the address of a receiver. HTTPS is required except for this machine itself, which only the test environment may
 * send to; an address that is written as a number must be one we would send to.
 *
 * @returns the address, or one sentence that says what would be right
 */
export function checkReceiverUrl(text: string, environment: Environment): Result<URL, string> {
  const typed = text.trim();
  if (!/^https?:\/\/[^/?#]/i.test(typed) || !URL.canParse(typed)) {
    return err("Write a full address such as https://shop.example/events.");
  }
  const url = new URL(typed);
  if (url.username !== "" || url.password !== "") return err("Leave the user name and password out of the address.");
  if (typed.includes("#")) return err("Leave out everything from # on.");
  const host = bareHost(url);
  const isHere = host === "localhost" || (ipaddr.isValid(host) && rangeOf(host) === "loopback");
  if (url.protocol === "http:" && !(isHere && environment === "test")) {
    return err("Use https://. Plain http:// is allowed in the test environment for this machine only (localhost).");
  }
  if ((ipaddr.isValid(host) && !maySendTo(host, environment)) || (isHere && environment === "production")) {
    return err("This address is not on the public internet. Production events are sent to public addresses only.");
  }
  return ok(url);
}

/**
 * The addresses of a host that were checked, for a connection to exactly these: a name may stand for another address a
 * moment later. One address that we do not send to refuses the whole name.
 *
 * @returns `null` when it is refused
 */
export async function checkedAddresses(
  url: URL,
  environment: Environment,
  resolve: Resolve = resolveAll,
): Promise<HostAddress[] | null> {
  const host = bareHost(url);
  const addresses = ipaddr.isValid(host) ? [numberAddress(host)] : await resolve(host);
  const areAllowed = addresses.length > 0 && addresses.every(({ address }) => maySendTo(address, environment));
  const isPlain = url.protocol === "http:";
  if (isPlain && !addresses.every(({ address }) => rangeOf(address) === "loopback")) return null;
  return areAllowed ? addresses : null;
}

/** Public addresses everywhere; the test environment may also reach this machine and the networks around it. */
function maySendTo(address: string, environment: Environment): boolean {
  const range = rangeOf(address);
  return range === "unicast" || (environment === "test" && ["loopback", "private", "uniqueLocal"].includes(range));
}

/** An IPv4 address inside of IPv6 counts as what it is. */
function rangeOf(address: string): string {
  return ipaddr.process(address).range();
}

function numberAddress(host: string): HostAddress {
  return { address: host, family: ipaddr.parse(host).kind() === "ipv6" ? 6 : 4 };
}

// The URL parser has already turned forms such as 127.1 or 0x7f000001 into four decimal numbers.
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

async function resolveAll(hostname: string): Promise<HostAddress[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
