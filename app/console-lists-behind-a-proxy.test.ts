import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ConsoleUnderLists, closedBy, openConsoleUnderLists } from "./testing/console-under-lists";

vi.mock("next/headers", async () => (await import("./testing/framework-request")).headersOfRequest());
vi.mock("next/cache", () => ({ refresh: () => {} }));

let console: ConsoleUnderLists;

beforeAll(async () => {
  vi.stubEnv("TRUSTED_PROXY_HOPS", "1");
  console = await openConsoleUnderLists();
  await console.listsAre(["203.0.113.0/24", "2001:db8::/32", "fe80::1"], []);
});
afterAll(() => console.close());

const listed: [said: string, headers: [string, string][]][] = [
  ["it alone", [["X-Forwarded-For", "203.0.113.7"]]],
  ["it behind an invention", [["X-Forwarded-For", "6.6.6.6, 203.0.113.7"]]],
  [
    "it in a second header",
    [
      ["X-Forwarded-For", "6.6.6.6"],
      ["X-Forwarded-For", "203.0.113.7"],
    ],
  ],
  ["it inside of IPv6", [["X-Forwarded-For", "::ffff:203.0.113.7"]]],
  ["IPv6 with a port", [["X-Forwarded-For", "[2001:db8::7]:51234"]]],
  ["IPv6 with a zone", [["X-Forwarded-For", "fe80::1%eth0"]]],
];

test.each(listed)("behind a proxy of ours, what it says last opens the doors: %s", async (_, headers) => {
  expect(await console.closedDoors(...headers)).toEqual([]);
});

const others: [said: string, headers: [string, string][]][] = [
  ["nothing at all", []],
  ["a listed address that the client wrote", [["X-Forwarded-For", "203.0.113.7, 198.51.100.9"]]],
  [
    "one that the client wrote into a header of its own",
    [
      ["X-Forwarded-For", "203.0.113.7"],
      ["X-Forwarded-For", "198.51.100.9"],
    ],
  ],
  [
    "one under another name",
    [
      ["X-Real-IP", "203.0.113.7"],
      ["Forwarded", "for=203.0.113.7"],
      ["X-Peer-Address", "203.0.113.7"],
    ],
  ],
  ["a name instead of an address", [["X-Forwarded-For", "203.0.113.7, unknown"]]],
  ["an octal spelling", [["X-Forwarded-For", "0313.0.0161.7"]]],
  ["IPv6 that only looks like a listed IPv4", [["X-Forwarded-For", "::cb00:7107"]]],
];

test.each(others)("and nothing else does: %s", async (_, headers) => {
  expect(await console.closedDoors(...headers)).toEqual(closedBy.console);
});
