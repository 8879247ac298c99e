import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseNow, monthsKept } from "@/db/commands/notification-months";
import { readRetentionMonths } from "@/db/queries/retention";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { newId, PersonId, SessionId } from "@/lib/domain/ids";
import { defaultRetentionMonths, firstIdSince, monthOf, monthsAfter, startOf } from "@/lib/domain/retention";
import type { Role } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { changeRetention, RetentionInput } from "./change-retention";
import { keepMonths } from "./keep-months";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => database.close());

/** Somebody who is signed in. */
function as(role: Role): Scope {
  const viewer = { personId: newId(PersonId), sessionId: newId(SessionId), role, name: "A", email: "a@shop.example" };
  return { viewer, environment: "test", merchants: [] } as unknown as Scope;
}

/** The bytes of a message of some months ago. */
async function bytesOf(monthsAgo: number): Promise<string> {
  const month = monthsAfter(monthOf(await databaseNow(database.sql)), -monthsAgo);
  const id = firstIdSince(startOf(month)).replace("-0000-0000-", "-7000-8000-");
  await database.sql`insert into notification_bodies (merchant_id, id, query, body, headers)
    values (${newId(PersonId)}, ${id}, '', '', '[]'::jsonb)`;
  return id;
}

async function keptIds(): Promise<string[]> {
  return (await database.sql<{ id: string }[]>`select id from notification_bodies order by id`).map(({ id }) => id);
}

async function audited(action: string) {
  return database.sql`select actor, details from audit_entries where action = ${action} order by at, id`;
}

test("messages go with their month once its period is over, and the audit says so", async () => {
  expect(await readRetentionMonths()).toBe(defaultRetentionMonths);
  const [old, , young] = [await bytesOf(14), await bytesOf(13), await bytesOf(1)];
  await keepMonths();
  expect(await keptIds()).not.toContain(old);
  expect(await keptIds()).toHaveLength(2);
  expect((await audited("retention.months-dropped")).at(-1)).toMatchObject({ actor: "worker" });

  const admin = as("admin");
  expect(await changeRetention(admin, 2, null)).toMatchObject({ ok: true });
  expect(await readRetentionMonths()).toBe(2);
  expect(await audited("retention.changed")).toMatchObject([
    { actor: admin.viewer.personId, details: { months: 2, before: defaultRetentionMonths } },
  ]);
  await keepMonths();
  expect(await keptIds()).toEqual([young]);
});

test("a worker's round without anything to drop leaves this month and the next ones their place", async () => {
  await keepMonths();
  const now = monthOf(await databaseNow(database.sql));
  const kept = await monthsKept(database.sql);
  for (const ahead of [0, 1, 2]) expect(kept).toContainEqual(monthsAfter(now, ahead));
  expect(await audited("retention.months-dropped")).toHaveLength(2);
});

test("only an admin changes the period, and only to one that can be kept", async () => {
  expect(await changeRetention(as("operator"), 6, null)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  for (const months of ["", "0", "121", "2.5", "-1", "ever"]) {
    expect([months, RetentionInput.safeParse({ months }).success]).toEqual([months, false]);
  }
  expect(RetentionInput.parse({ months: " 24 " })).toEqual({ months: 24 });
});
