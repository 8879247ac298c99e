import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb } from "./client";
import { databaseReadiness } from "./readiness";
import { type TestDatabase, testDatabase } from "./testing/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => database.close());

test("a migrated database is ready", async () => {
  expect(await databaseReadiness()).toEqual({ ok: true, value: "ready" });
});

test("a database that lacks a migration is not ready, and the reason names it", async () => {
  await database.sql`create table kept as select * from drizzle.__drizzle_migrations`;
  await database.sql`delete from drizzle.__drizzle_migrations`;
  expect(await databaseReadiness()).toMatchObject({
    ok: false,
    error: { reason: expect.stringMatching(/lacks a migration: 0000_\w+.*npm run migrate/) },
  });
  await database.sql`insert into drizzle.__drizzle_migrations select * from kept`;
  expect(await databaseReadiness()).toMatchObject({ ok: true });
});

test("a database that was never migrated is not ready", async () => {
  await database.sql`alter schema drizzle rename to away`;
  expect(await databaseReadiness()).toMatchObject({
    ok: false,
    error: { reason: expect.stringContaining("lacks a migration") },
  });
  await database.sql`alter schema away rename to drizzle`;
});

test("a database that takes no connection is a reason, which says nothing of its address", async () => {
  const { pathname } = new URL(database.url);
  const admin = postgres(database.url.replace(pathname, "/postgres"), { max: 1 });
  await admin.unsafe(`alter database ${pathname.slice(1)} with allow_connections false`);
  await admin.end();
  await closeDb();
  expect(await databaseReadiness()).toMatchObject({ ok: false, error: { reason: "The database does not answer." } });
});
