import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { forgedClaims } from "@/lib/testing/forged-claims";
import { type ConsoleUnderLists, closedBy, openConsoleUnderLists } from "./testing/console-under-lists";

vi.mock("next/headers", async () => (await import("./testing/framework-request")).headersOfRequest());
vi.mock("next/cache", () => ({ refresh: () => {} }));

let console: ConsoleUnderLists;

beforeAll(async () => {
  console = await openConsoleUnderLists();
});
afterAll(() => console.close());

test("without lists every door is open", async () => {
  await console.listsAre([], []);
  expect(await console.closedDoors()).toEqual([]);
});

test("a change closes every door of the console at the next request, and health is answered all the same", async () => {
  await console.listsAre(["203.0.113.0/24"], []);
  expect(await console.closedDoors()).toEqual(closedBy.console);
  expect(await console.healthStatus()).toBe(200);
  await console.listsAre(["127.0.0.0/8"], []);
  expect(await console.closedDoors()).toEqual([]);
});

test("a list of settings closes their doors only", async () => {
  await console.listsAre(["127.0.0.1"], ["203.0.113.0/24"]);
  expect(await console.closedDoors()).toEqual(closedBy.settings);
  await console.listsAre([], ["127.0.0.1", "::1"]);
  expect(await console.closedDoors()).toEqual([]);
});

test.each(forgedClaims)("without a proxy of ours nobody gets in by %s", async (_, headers) => {
  await console.listsAre(["203.0.113.0/24"], []);
  expect(await console.closedDoors(...headers)).toEqual(closedBy.console);
  await console.listsAre([], ["203.0.113.0/24"]);
  expect(await console.closedDoors(...headers)).toEqual(closedBy.settings);
});
