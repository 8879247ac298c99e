import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, inTransaction } from "./client";
import { migrateDatabase } from "./migrate";
import { type TestDatabase, testDatabase } from "./testing/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table counters (id integer primary key, value integer not null)`;
  await database.sql`insert into counters values (1, 0), (2, 0)`;
});

afterAll(async () => database.close());

const counter = async (id: number) => {
  const [row] = await database.sql<{ value: number }[]>`select value from counters where id = ${id}`;
  return row?.value;
};

test("the database of the settings is the one that is asked", async () => {
  const rows = await db().execute<{ name: string }>(sql`select current_database() as name`);
  expect(rows[0]?.name).toBe(new URL(database.url).pathname.slice(1));
});

test("two transactions that read and then write both count in the end", async () => {
  const increment = () =>
    inTransaction(
      async (tx) => {
        await tx.execute(sql`set transaction isolation level serializable`);
        await tx.execute(sql`update counters set value = value + 1 where id = (select min(id) from counters)`);
      },
      { attempts: 20 },
    );
  await Promise.all(Array.from({ length: 6 }, increment));
  expect(await counter(1)).toBe(6);
});

test("two transactions that lock each other out both finish", async () => {
  let waiting = 0;
  let release = () => {};
  const bothHoldOne = new Promise<void>((resolve) => {
    release = resolve;
  });
  const add = (first: number, second: number) =>
    inTransaction(async (tx) => {
      await tx.execute(sql`update counters set value = value + 10 where id = ${first}`);
      waiting += 1;
      if (waiting === 2) release();
      await bothHoldOne;
      await tx.execute(sql`update counters set value = value + 10 where id = ${second}`);
    });
  const before = (await counter(2)) ?? 0;
  await Promise.all([add(1, 2), add(2, 1)]);
  expect(await counter(2)).toBe(before + 20);
});

test("an error that repeating cannot heal is thrown at once", async () => {
  let runs = 0;
  const broken = inTransaction(async (tx) => {
    runs += 1;
    await tx.execute(sql`insert into counters values (1, 0)`);
  });
  await expect(broken).rejects.toThrow();
  expect(runs).toBe(1);
});

test("four processes may migrate at once", async () => {
  const name = `${new URL(database.url).pathname.slice(1)}_fresh`;
  await database.sql`create database ${database.sql(name)} template template0`;
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(url.href)));
  await migrateDatabase(url.href);
  await database.sql`drop database ${database.sql(name)} with (force)`;
});
