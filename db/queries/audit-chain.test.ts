import { randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inSqlTransaction } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { type AuditHead, sealAudit } from "@/db/commands/audit-seals";
import { migrateDatabase } from "@/db/migrate";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { proveAudit, readAuditHead } from "./audit-chain";

let database: TestDatabase;
let head: AuditHead;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.close());

beforeEach(async () => {
  await tamper((sql) => sql`truncate audit_entries, audit_seals`);
  for (let number = 1; number <= 9; number++) await note(number);
  await seal();
  const now = await readAuditHead();
  if (!now) throw new Error("Nothing was sealed.");
  head = now;
});

async function note(number: number): Promise<void> {
  await noteAudit(database.sql, {
    actor: { kind: "script" },
    action: "person.role-changed",
    environment: number % 2 === 0 ? "test" : null,
    subject: `person:${number}`,
    details: { before: "support", after: "operator", number },
    address: number % 3 === 0 ? "192.0.2.7" : null,
  });
}

const seal = () => inSqlTransaction((sql) => sealAudit(sql, 4)).then((first) => more(first));

async function more(done: { sealed: number } | null): Promise<void> {
  for (let last = done; last && last.sealed > 0; ) last = await inSqlTransaction((sql) => sealAudit(sql, 4));
}

/** Somebody with every right in the database, as the role of the tests has. */
async function tamper(work: (sql: Sql) => Promise<unknown>): Promise<void> {
  await database.sql.begin(async (transaction) => work(transaction as unknown as Sql));
}

test("an audit that nobody touched is proven to its end", async () => {
  expect(await proveAudit([head])).toMatchObject({ sealed: 9, waiting: 0, head: { sealNo: 9 }, fault: null });
  await note(10);
  expect(await proveAudit([head])).toMatchObject({ sealed: 9, waiting: 1, fault: null });
  await seal();
  expect(await proveAudit([head])).toMatchObject({ sealed: 10, waiting: 0, fault: null });
});

test("the role whom everything belongs to can add to the audit and read it, and nothing else", async () => {
  const name = `owner_${randomUUID().replaceAll("-", "")}`;
  const password = "invented-for-this-test";
  await database.sql`create role ${database.sql(name)} login password ${database.sql.unsafe(`'${password}'`)}`;
  await database.sql`create database ${database.sql(name)} owner ${database.sql(name)}`;
  const url = new URL(database.url);
  Object.assign(url, { username: name, password, pathname: `/${name}` });
  await migrateDatabase(url.href);
  const owner = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    const entry = { actor: { kind: "script" }, action: "person.added", subject: "person:1", details: {} } as const;
    await noteAudit(owner, { ...entry, environment: null, address: null });
    expect(await owner`select action from audit_entries`).toHaveLength(1);
    for (const statement of refusedStatements) {
      await expect(owner.unsafe(statement), statement).rejects.toThrow("permission denied for table audit_");
    }
  } finally {
    await owner.end();
    await database.sql`drop database ${database.sql(name)} with (force)`;
    await database.sql`drop role ${database.sql(name)}`;
  }
});

const refusedStatements = ["audit_entries", "audit_seals"].flatMap((table) => [
  `update ${table} set ${table === "audit_entries" ? "actor = actor" : "hash = hash"}`,
  `delete from ${table} where false`,
  `truncate ${table}`,
]);

const spoiled = [
  ["the time", "at = at + interval '1 millisecond'"],
  ["the actor", "actor = 'worker'"],
  ["the act", "action = 'person.role-changeD'"],
  ["the environment", "environment = 'production'"],
  ["the subject", "subject = 'person:50'"],
  ["the facts", `details = details || '{"after":"admin"}'`],
  ["the address", "address = '192.0.2.8'"],
  ["the id", "id = '0199a1c2-7b1e-7000-8000-000000000001'"],
] as const;

test.each(spoiled)("an entry of which %s was changed is named", async (_what, change) => {
  const entryId = await entryOf(5);
  await tamper((sql) => sql.unsafe(`update audit_entries set ${change} where id = '${entryId}'`));
  expect(await proveAudit()).toMatchObject({ sealed: 4, fault: { sealNo: 5, entryId } });
});

test("a seal that was changed, and a chain that goes on from another seal, are named", async () => {
  await tamper((sql) => sql`update audit_seals set hash = sha256('other'::bytea) where seal_no = 3`);
  expect(await proveAudit()).toMatchObject({ fault: { sealNo: 3 } });
});

test("an entry that was taken away is named, and so is one that was taken away with its seal", async () => {
  const entryId = await entryOf(2);
  await tamper((sql) => sql`delete from audit_entries where id = ${entryId}::uuid`);
  expect(await proveAudit()).toMatchObject({ sealed: 1, fault: { sealNo: 2, entryId } });
  await tamper((sql) => sql`delete from audit_seals where seal_no = 2`);
  expect(await proveAudit()).toMatchObject({ fault: { sealNo: 2, what: "Seal 2 was taken away." } });
  await tamper((sql) => sql`update audit_seals set seal_no = seal_no - 1 where seal_no > 2`);
  expect(await proveAudit()).toMatchObject({ fault: { sealNo: 2 } });
});

test("two entries that changed places are noticed", async () => {
  await tamper(
    (sql) => sql`
      update audit_entries as entry set subject = other.subject, details = other.details from audit_entries as other
      where (entry.subject, other.subject) in (('person:4', 'person:7'), ('person:7', 'person:4'))`,
  );
  expect(await proveAudit()).toMatchObject({ fault: { sealNo: 4 } });
});

test("an entry that was put in beside the chain is named", async () => {
  await tamper(
    (sql) => sql`
      insert into audit_entries (id, at, actor, action, subject, details)
      values ('0199a1c2-7b1e-7000-8000-000000000002', now() - interval '2 hours', 'script', 'person.added', 'person:x', '{}')`,
  );
  await seal();
  expect(await proveAudit()).toMatchObject({
    sealed: 9,
    fault: { sealNo: null, entryId: "0199a1c2-7b1e-7000-8000-000000000002" },
  });
});

test("a chain whose end was cut off, and one that was written anew, are told by a head that was kept elsewhere", async () => {
  await tamper(async (sql) => {
    await sql`delete from audit_entries where id in (select entry_id from audit_seals where seal_no > 6)`;
    await sql`delete from audit_seals where seal_no > 6`;
  });
  expect(await proveAudit()).toMatchObject({ sealed: 6, fault: null });
  expect(await proveAudit([head])).toMatchObject({ sealed: 6, fault: { sealNo: 7 } });

  for (let number = 7; number <= 9; number++) await note(number);
  await seal();
  expect(await proveAudit()).toMatchObject({ sealed: 9, fault: null });
  expect(await proveAudit([head])).toMatchObject({ fault: { sealNo: 9 } });
});

test("two processes that seal at once make one chain", async () => {
  for (let number = 10; number <= 40; number++) await note(number);
  await Promise.all([seal(), seal(), seal()]);
  await seal();
  expect(await proveAudit([head])).toMatchObject({ sealed: 40, waiting: 0, fault: null });
});

async function entryOf(sealNo: number): Promise<string> {
  const [row] = await database.sql`select entry_id from audit_seals where seal_no = ${sealNo}`;
  return String(row?.["entry_id"]);
}
