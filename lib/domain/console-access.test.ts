import { expect, test } from "vitest";
import { type ConsoleAccess, closedTo } from "./console-access";

const open: ConsoleAccess = { console: [], settings: [] };
const listed: ConsoleAccess = {
  console: ["203.0.113.0/24", "2001:db8::/32"],
  settings: ["203.0.113.7", "198.51.100.1"],
};

test("empty lists are open to every address, and to one that is not known", () => {
  for (const address of ["203.0.113.7", "::1", null])
    expect([address, closedTo(open, address)]).toEqual([address, null]);
});

test("settings need a place on both lists", () => {
  expect(closedTo(listed, "203.0.113.7")).toBeNull();
  expect(closedTo(listed, "203.0.113.8")).toBe("settings");
  expect(closedTo(listed, "2001:db8::9")).toBe("settings");
  expect(closedTo(listed, "198.51.100.1")).toBe("console");
});

test("an address that is not known is on no list", () => {
  expect(closedTo(listed, null)).toBe("console");
  expect(closedTo({ ...listed, console: [] }, null)).toBe("settings");
});
