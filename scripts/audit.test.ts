import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { inSqlTransaction } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { sealAudit } from "@/db/commands/audit-seals";
import { type TestDatabase, testDatabase } from "@/db/testing/database";

// Each command is a new process on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  for (const personId of ["1", "2", "3"]) {
    const [actor, subject] = [{ kind: "script" }, `person:${personId}`] as const;
    await noteAudit(database.sql, {
      actor,
      subject,
      action: "person.added",
      environment: null,
      details: {},
      address: null,
    });
  }
  await inSqlTransaction((sql) => sealAudit(sql, 10));
});

afterAll(() => database.close());

async function run(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/audit.ts", ...args]);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("exit", resolve)),
  ]);
  return { stdout, stderr, code };
}

test("verify ends well for an audit as it was written, and names what is not", async () => {
  const { head } = JSON.parse((await run("head")).stdout);
  expect(head).toMatch(/^3:[0-9a-f]{64}$/);
  const proven = await run("verify", "--head", head);
  expect([proven.code, JSON.parse(proven.stdout)]).toEqual([0, { sealed: 3, waiting: 0, head, fault: null }]);

  const [second] = await database.sql`select entry_id as id from audit_seals where seal_no = 2`;
  await database.sql`update audit_entries set subject = 'person:9' where id = ${String(second?.["id"])}::uuid`;
  const refuted = await run("verify", "--head", head);
  expect([refuted.code, JSON.parse(refuted.stdout)]).toMatchObject([
    1,
    { fault: { sealNo: 2, entryId: second?.["id"] } },
  ]);
});

test.each([[["verify", "--head", "3"]], [["prove"]], [[]]])("%j is refused with what may be written", async (args) => {
  const refused = await run(...args);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^(usage: npm run audit|--head: write it as)/);
});
