import ipaddr from "ipaddr.js";
import { fromTheProxy } from "./proxy-chain";

/**
 * Our own web server writes the address of the connection here, with a mark of its own behind it, and overwrites what a
 * client may have sent.
 */
export const peerHeader = "x-peer-address";

/**
 * Where a request came from: what our proxies say when there are any, else the other end of the connection.
 *
 * @returns a plain IPv4 or IPv6 text, or `null` when nobody trustworthy said it
 */
export function clientAddress(headers: Pick<Headers, "get">, hops: number): string | null {
  const said = hops > 0 ? fromTheProxy(headers.get("x-forwarded-for"), hops) : headers.get(peerHeader)?.split(" ")[0];
  return said ? plainAddress(said) : null;
}

/** Drops brackets, ports and zones, and shows an IPv4 address inside of IPv6 as what it is. */
function plainAddress(text: string): string | null {
  const bare = text.replace(/^\[([^\]]+)\](:\d+)?$/, "$1").replace(/%.*$/, "");
  const withoutPort = /^\d+\.\d+\.\d+\.\d+:\d+$/.test(bare) ? bare.slice(0, bare.lastIndexOf(":")) : bare;
  // Short and octal spellings of IPv4 are not what a server or proxy writes.
  const isWritten = withoutPort.includes(":") || ipaddr.IPv4.isValidFourPartDecimal(withoutPort);
  return isWritten && ipaddr.isValid(withoutPort) ? ipaddr.process(withoutPort).toString() : null;
}
