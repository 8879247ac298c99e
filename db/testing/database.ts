import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import postgres, { type Sql } from "postgres";
import { inject } from "vitest";
import { closeDb, type Db, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";

export type TestDatabase = { url: string; db: Db; sql: Sql; close: () => Promise<void> };

/**
 * Makes a migrated, empty database for one test file and points `db()` and `settings()` of this process at it, with
 * invented keys. Call it in `beforeAll`, before anything asks for the settings, and `close` in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("databaseServer");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  const template = await makeTemplate(server, admin);
  await admin`create database ${admin(name)} template ${admin(template)}`;

  const url = onServer(server, name);
  process.env["DATABASE_URL"] = url;
  process.env["MASTER_KEY"] = Buffer.from("invented-key-for-tests-32-bytes!").toString("base64");
  process.env["AUTH_SECRET"] = "invented-secret-for-tests-32-characters";
  const { db, sql } = openDatabase(url, { max: 10, statementTimeoutMs: 15_000, lockTimeoutMs: 10_000 });
  return {
    url,
    db,
    sql,
    close: async () => {
      await Promise.all([closeDb(), sql.end({ timeout: 5 })]);
      await admin`drop database ${admin(name)} with (force)`;
      await admin.end();
    },
  };
}

/** One migrated database per state of the migrations; copying it takes a fraction of migrating again. */
async function makeTemplate(server: string, admin: Sql): Promise<string> {
  const template = `template_${migrationsMark()}`;
  await admin`select pg_advisory_lock(hashtext(${template}))`;
  const found = await admin`select 1 from pg_database where datname = ${template}`;
  if (found.length === 0) {
    const unfinished = `${template}_new`;
    await admin`drop database if exists ${admin(unfinished)} with (force)`;
    await admin`create database ${admin(unfinished)}`;
    await migrateDatabase(onServer(server, unfinished));
    await admin`alter database ${admin(unfinished)} rename to ${admin(template)}`;
  }
  await admin`select pg_advisory_unlock(hashtext(${template}))`;
  return template;
}

function migrationsMark(): string {
  const folder = new URL("../migrations/", import.meta.url);
  const hash = createHash("sha256");
  for (const file of fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    hash.update(file).update(fs.readFileSync(new URL(file, folder)));
  }
  return hash.digest("hex").slice(0, 12);
}

function onServer(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
