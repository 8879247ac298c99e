import { afterAll, beforeAll, expect, test } from "vitest";
import { forgedClaims } from "@/lib/testing/forged-claims";
import { type DoorUnderAList, openDoorUnderAList } from "./testing/door-under-a-list";

let door: DoorUnderAList;

beforeAll(async () => {
  door = await openDoorUnderAList();
});
afterAll(() => door.close());

test.each(forgedClaims)("without a proxy of ours nobody gets onto the list by %s", async (_, headers) => {
  await door.listIs(["203.0.113.0/24"]);
  expect(await door.tell(...headers)).toBe("source-refused");
  expect(await door.lastSource()).toBe("127.0.0.1");
});

test("the other end of the connection is what the list is asked about", async () => {
  await door.listIs(["127.0.0.0/8"]);
  expect(await door.tell(["X-Forwarded-For", "198.51.100.9"])).toBe("success");
});
