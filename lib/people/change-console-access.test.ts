import { afterAll, beforeAll, expect, test } from "vitest";
import { readConsoleAccess } from "@/db/queries/console-access";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { newId, PersonId, SessionId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";
import { ConsoleAccessInput, changeConsoleAccess, openConsoleEverywhere } from "./change-console-access";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => database.close());

function as(role: Role): Viewer {
  const ids = { personId: newId(PersonId), sessionId: newId(SessionId) };
  return { ...ids, role, name: "A", email: "a@shop.example" } as unknown as Viewer;
}

function lists(consoleAddresses: string, settingsAddresses = "") {
  return ConsoleAccessInput.parse({ consoleAddresses, settingsAddresses });
}

async function audited() {
  return database.sql`select actor, details, address from audit_entries
    where action = 'console-access.changed' order by at, id`;
}

test("until somebody sets a list, people may come from everywhere", async () => {
  expect(await readConsoleAccess()).toEqual({ console: [], settings: [] });
});

test("an admin sets both lists, the audit says what they were, and an operator with a shell empties them", async () => {
  const admin = as("admin");
  const asked = lists("203.0.113.0/24\n2001:db8::/32", "203.0.113.7");
  expect(await changeConsoleAccess(admin, asked, "203.0.113.7")).toMatchObject({ ok: true });
  const set = { console: ["203.0.113.0/24", "2001:db8::/32"], settings: ["203.0.113.7"] };
  expect(await readConsoleAccess()).toEqual(set);
  expect(await openConsoleEverywhere()).toEqual(set);
  expect(await readConsoleAccess()).toEqual({ console: [], settings: [] });
  const everywhere = { consoleBefore: "everywhere", settingsBefore: "everywhere" };
  expect(await audited()).toMatchObject([
    {
      actor: admin.personId,
      address: "203.0.113.7",
      details: { console: "203.0.113.0/24 2001:db8::/32", settings: "203.0.113.7", ...everywhere },
    },
    { actor: "script", address: null, details: { console: "everywhere", settingsBefore: "203.0.113.7" } },
  ]);
});

test.each([
  ["the console", lists("203.0.113.0/24"), "198.51.100.9", "consoleAddresses"],
  [
    "the console, beside a list of settings that has it",
    lists("203.0.113.0/24", "198.51.100.9"),
    "198.51.100.9",
    "consoleAddresses",
  ],
  ["settings", lists("", "203.0.113.0/24"), "198.51.100.9", "settingsAddresses"],
  ["anything, where nobody says where one is", lists("0.0.0.0/1 128.0.0.0/1"), null, "consoleAddresses"],
])("nobody locks themselves out of %s", async (_, asked, address, field) => {
  const before = await audited();
  const refused = await changeConsoleAccess(as("admin"), asked, address);
  expect(refused).toMatchObject({ ok: false, error: { kind: "locked-out" } });
  const fields = refused.ok ? {} : (refused.error.fields ?? {});
  expect(Object.keys(fields)).toEqual([field]);
  expect(fields[field]?.[0]).toContain(address === null ? "not known here" : "Your own address, 198.51.100.9,");
  expect(await readConsoleAccess()).toEqual({ console: [], settings: [] });
  expect(await audited()).toEqual(before);
});

test("only an admin sets them", async () => {
  for (const role of ["operator", "support"] as const) {
    expect(await changeConsoleAccess(as(role), lists("203.0.113.7"), "203.0.113.7")).toMatchObject({
      ok: false,
      error: { kind: "not-allowed" },
    });
  }
});
