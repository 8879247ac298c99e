import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DoorUnderAList, openDoorUnderAList } from "./testing/door-under-a-list";

let door: DoorUnderAList;

beforeAll(async () => {
  vi.stubEnv("TRUSTED_PROXY_HOPS", "1");
  door = await openDoorUnderAList();
  await door.listIs(["203.0.113.0/24", "2001:db8::/32", "fe80::1"]);
});
afterAll(async () => {
  await door.close();
  vi.unstubAllEnvs();
});

const listed: [said: string, headers: [string, string][], source: string][] = [
  ["it alone", [["X-Forwarded-For", "203.0.113.7"]], "203.0.113.7"],
  ["it behind an invention", [["X-Forwarded-For", "6.6.6.6, 203.0.113.7"]], "203.0.113.7"],
  [
    "it in a second header",
    [
      ["X-Forwarded-For", "6.6.6.6"],
      ["X-Forwarded-For", "203.0.113.7"],
    ],
    "203.0.113.7",
  ],
  ["it inside of IPv6", [["X-Forwarded-For", "::ffff:203.0.113.7"]], "203.0.113.7"],
  ["IPv6 with a port", [["X-Forwarded-For", "[2001:db8::7]:51234"]], "2001:db8::7"],
  ["IPv6 with a zone", [["X-Forwarded-For", "fe80::1%eth0"]], "fe80::1"],
];

test.each(listed)("behind a proxy of ours, what it says last counts: %s", async (_, headers, source) => {
  expect(await door.tell(...headers)).toBe("success");
  expect(await door.lastSource()).toBe(source);
});

const others: [said: string, headers: [string, string][], source: string | null][] = [
  ["a listed address that the client wrote", [["X-Forwarded-For", "203.0.113.7, 198.51.100.9"]], "198.51.100.9"],
  [
    "one that the client wrote into a header of its own",
    [
      ["X-Forwarded-For", "203.0.113.7"],
      ["X-Forwarded-For", "198.51.100.9"],
    ],
    "198.51.100.9",
  ],
  [
    "one under another name",
    [
      ["X-Real-IP", "203.0.113.7"],
      ["Forwarded", "for=203.0.113.7"],
    ],
    null,
  ],
  ["a name instead of an address", [["X-Forwarded-For", "203.0.113.7, unknown"]], null],
  ["an octal spelling", [["X-Forwarded-For", "0313.0.0161.7"]], null],
  ["IPv6 that only looks like a listed IPv4", [["X-Forwarded-For", "::cb00:7107"]], "::cb00:7107"],
];

test.each(others)("and nothing else gets a message onto the list: %s", async (_, headers, source) => {
  expect(await door.tell(...headers)).toBe("source-refused");
  expect(await door.lastSource()).toBe(source);
});
