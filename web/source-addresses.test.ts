import { afterAll, beforeAll, expect, test } from "vitest";
import { type DoorUnderAList, openDoorUnderAList } from "./testing/door-under-a-list";

let door: DoorUnderAList;

beforeAll(async () => {
  door = await openDoorUnderAList();
});
afterAll(() => door.close());

// Without a proxy of ours, all of them are the client's inventions.
const claims: [what: string, headers: [string, string][]][] = [
  ["X-Forwarded-For", [["X-Forwarded-For", "203.0.113.7"]]],
  [
    "X-Forwarded-For twice",
    [
      ["X-Forwarded-For", "203.0.113.7"],
      ["x-forwarded-for", "203.0.113.8"],
    ],
  ],
  ["Forwarded", [["Forwarded", "for=203.0.113.7"]]],
  ["X-Real-IP", [["X-Real-IP", "203.0.113.7"]]],
  ["the header of our own server", [["X-Peer-Address", "203.0.113.7"]]],
  [
    "the header of our own server twice",
    [
      ["X-Peer-Address", "203.0.113.7"],
      ["x-peer-address", "203.0.113.7"],
    ],
  ],
  ["an IPv4 address inside of IPv6", [["X-Forwarded-For", "::ffff:203.0.113.7"]]],
  ["an address with a zone", [["X-Forwarded-For", "203.0.113.7%eth0"]]],
];

test.each(claims)("without a proxy of ours nobody gets onto the list by %s", async (_, headers) => {
  await door.listIs(["203.0.113.0/24"]);
  expect(await door.tell(...headers)).toBe("source-refused");
  expect(await door.lastSource()).toBe("127.0.0.1");
});

test("the other end of the connection is what the list is asked about", async () => {
  await door.listIs(["127.0.0.0/8"]);
  expect(await door.tell(["X-Forwarded-For", "198.51.100.9"])).toBe("success");
});
