import { isIP } from "node:net";
import { parse } from "ipaddr.js";

/** From where a host can be reached, as far as its name or address says. */
export type Reach = "public" | "private" | "this-machine";

/** Names end in these only inside a house. */
const privateEndings = [".local", ".internal", ".lan", ".home", ".corp", ".intranet", ".test", ".home.arpa"];

/** Of an address such as `https://pay.example.com`; nothing is looked up. An address that cannot be read is `private`. */
export function reachOf(address: string): Reach {
  if (!URL.canParse(address)) return "private";
  const host = new URL(address).hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(host) !== 0) return reachOfIp(host);
  if (host === "localhost" || host.endsWith(".localhost")) return "this-machine";
  const isInside = !host.includes(".") || privateEndings.some((ending) => host.endsWith(ending));
  return isInside ? "private" : "public";
}

export function reachOfIp(address: string): Reach {
  const parsed = parse(address);
  const plain =
    parsed.kind() === "ipv6" && "isIPv4MappedAddress" in parsed && parsed.isIPv4MappedAddress()
      ? parsed.toIPv4Address()
      : parsed;
  const range = plain.range();
  if (range === "loopback") return "this-machine";
  return range === "unicast" ? "public" : "private";
}
