import { expect, test } from "vitest";
import { entriesFor, entryAt, grouped, navigationEntries, sameKindOfPage } from "./navigation-entries";

test.each([
  ["/test/payments", "/production/payments"],
  ["/test/payments/new", "/production/payments/new"],
  ["/test/payments/0199a1c2-7b1e-7000-8000-000000000001", "/production/payments"],
  ["/test/settings/credentials", "/production/settings/credentials"],
  ["/test/search", "/production/search"],
  ["/test", "/production/payments"],
])("switching the environment on %s leads to %s", (from, to) => {
  expect(sameKindOfPage(from, "production")).toBe(to);
});

test("a page inside a list belongs to the list's entry, and similar names do not", () => {
  expect(entryAt("/test/refunds/abc")?.page).toBe("refunds");
  expect(entryAt("/test/refunds-of-today")).toBeNull();
});

test("settings are in the navigation of admins only", () => {
  expect(entriesFor("support").map((entry) => entry.page)).toEqual([
    "payments",
    "holds",
    "refunds",
    "approvals",
    "notifications",
    "doctor",
    "alerts",
    "calls",
    "debugger",
  ]);
  expect(entriesFor("admin")).toEqual(navigationEntries);
});

test("the navigation is told apart by what a person is at, and empty groups are left out", () => {
  const groups = (role: "support" | "admin") => grouped(entriesFor(role)).map(({ label }) => label);
  expect(groups("admin")).toEqual(["Money", "Gateway", "Settings"]);
  expect(groups("support")).toEqual(["Money", "Gateway"]);
  expect(grouped(entriesFor("admin")).flatMap(({ entries }) => entries)).toHaveLength(entriesFor("admin").length);
});
