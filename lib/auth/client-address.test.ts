import { expect, test } from "vitest";
import { clientAddress } from "./client-address";

function addressOf(headers: Record<string, string>, hops = 0) {
  return clientAddress(new Headers(headers), hops);
}

test("without a proxy of ours the end of the connection counts, whatever a client writes", () => {
  expect(addressOf({ "x-peer-address": "203.0.113.9", "x-forwarded-for": "198.51.100.1" })).toBe("203.0.113.9");
  expect(addressOf({ "x-forwarded-for": "198.51.100.1" })).toBeNull();
});

test("behind proxies the entry that the outermost one wrote counts", () => {
  const chain = { "x-peer-address": "10.0.0.2", "x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.0.0.1" };
  expect(addressOf(chain, 2)).toBe("203.0.113.9");
  expect(addressOf({ ...chain, "x-forwarded-for": "6.6.6.6, 203.0.113.9" }, 1)).toBe("203.0.113.9");
});

test.each([
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["203.0.113.9:51234", "203.0.113.9"],
  ["[2001:db8::1]:51234", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["0:0:0:0:0:0:0:1", "::1"],
])("%s is read as %s", (said, address) => {
  expect(addressOf({ "x-peer-address": said })).toBe(address);
});

test.each(["", "unknown", "0x7f.1", "203.0.113", "203.0.113.9; rm", "<script>"])("%j is not an address", (said) => {
  expect(addressOf({ "x-peer-address": said })).toBeNull();
});
