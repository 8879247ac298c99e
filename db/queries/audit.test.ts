import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { newId, PersonId } from "@/lib/domain/ids";
import type { Viewer } from "@/lib/domain/viewer";
import { type AuditFilter, listAudit, readAuditFilter } from "./audit";

const viewer = {} as Viewer;
const filter = readAuditFilter({});
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const personId = newId(PersonId);
  await database.sql`insert into people (id, email, name, role) values (${personId}, 'a@x.example', 'Anna Seidel', 'admin')`;
  // All in one transaction, so all at the same moment: the hardest case for a cursor.
  await inTransaction(async (tx) => {
    for (let number = 1; number <= 7; number++) {
      const actor = number === 1 ? ({ kind: "person", personId } as const) : ({ kind: "script" } as const);
      await recordAudit(tx, { ...note, actor, details: { number } });
    }
  });
});

afterAll(async () => database.close());

const note = { action: "person.added", environment: null, subject: "person:x", address: null } as const;

function numbers(rows: { details: Record<string, unknown> }[]) {
  return rows.map(({ details }) => details["number"]);
}

test("paging to the end and back shows every entry once, the newest first", async () => {
  const first = await listAudit(viewer, { filter, after: null, before: null, limit: 3 });
  const second = await listAudit(viewer, { filter, after: first.older, before: null, limit: 3 });
  const third = await listAudit(viewer, { filter, after: second.older, before: null, limit: 3 });
  expect([first, second, third].flatMap(({ rows }) => numbers(rows)).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([first.newer, third.older]).toEqual([null, null]);
  const back = await listAudit(viewer, { filter, after: null, before: third.newer, limit: 3 });
  expect(numbers(back.rows)).toEqual(numbers(second.rows));
  const start = await listAudit(viewer, { filter, after: null, before: back.newer, limit: 3 });
  expect(numbers(start.rows)).toEqual(numbers(first.rows));
  expect(start.newer).toBeNull();
});

test("people are shown by name", async () => {
  const { rows } = await listAudit(viewer, { filter, after: null, before: null });
  expect(rows.find(({ details }) => details["number"] === 1)?.actor).toBe("Anna Seidel");
  expect(rows.find(({ details }) => details["number"] === 2)?.actor).toBe("script");
});

test.each(["", "x", "1_2", "99999999999999999_0199a1c2-7b1e-7000-8000-000000000001"])(
  "the invented cursor %j opens the first screen",
  async (after) => {
    expect((await listAudit(viewer, { filter, after, before: null })).newer).toBeNull();
  },
);

test.each<[Partial<AuditFilter>, number[]]>([
  [{ who: "script" }, [2, 3, 4, 5, 6, 7]],
  [{ action: "person.invited" }, []],
  [{ action: "person.added", subject: "person:" }, [1, 2, 3, 4, 5, 6, 7]],
  [{ subject: "%" }, []],
  [{ environment: "production" }, []],
  [{ to: "2001-01-01" }, []],
  [{ from: "2001-01-01" }, [1, 2, 3, 4, 5, 6, 7]],
])("narrowed to %j it has the entries that fit, on every screen", async (narrow, expected) => {
  const asked = { filter: { ...filter, ...narrow }, before: null, limit: 4 };
  const first = await listAudit(viewer, { ...asked, after: null });
  const second = first.older ? await listAudit(viewer, { ...asked, after: first.older }) : { rows: [] };
  expect([first, second].flatMap(({ rows }) => numbers(rows)).sort()).toEqual(expected);
});
