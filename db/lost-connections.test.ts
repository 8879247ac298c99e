import type { Sql } from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { inSqlTransaction, openDatabase } from "./client";
import { type TestDatabase, testDatabase } from "./testing/database";
import { type DatabaseProxy, openProxy } from "./testing/proxy";

/**
 * What the driver does when a connection is lost at the worst moment. Each of these fails with the driver as it is
 * published: a query that is never answered, a process that ends, or a statement that is done outside of its transaction.
 */
let database: TestDatabase;
let proxy: DatabaseProxy;
let sql: Sql;

beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table notes (text text not null)`;
});

afterAll(async () => database.close());

const client = (max: number) => openDatabase(proxy.url, { max, statementTimeoutMs: 15_000, lockTimeoutMs: 5_000 }).sql;

beforeEach(async () => {
  await database.sql`truncate notes`;
  proxy = await openProxy(database.url);
  sql = client(1);
});

afterEach(async () => {
  await sql.end({ timeout: 1 });
  await proxy.close();
});

/** How it ended: what it answered, or the code of its failure. */
const outcomeOf = (query: PromiseLike<unknown>) =>
  Promise.resolve(query).catch((error: { code?: string }) => error.code ?? String(error));

const lost = /^(CONNECTION_CLOSED|ECONNRESET|EPIPE|ERR_STREAM_DESTROYED)$/;

/** A promise and its end. */
function gate(): { isOpen: Promise<void>; open: () => void } {
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { isOpen, open: () => open() };
}

test("a transaction that goes on after its connection was lost is refused, and the process lives", async () => {
  const goesOn = gate();
  let later: Promise<unknown> = Promise.resolve();
  const whole = sql.begin(async (tx) => {
    await tx`insert into notes values ('first')`;
    later = goesOn.isOpen.then(() => outcomeOf(tx`insert into notes values ('second')`));
    proxy.reset();
    await later;
  });
  expect(await outcomeOf(whole)).toMatch(lost);
  goesOn.open();
  expect(await later).toMatch(lost);
  expect(await sql`select text from notes`).toEqual([]);
});

test("what a transaction still wants to do is not done outside of it, on the connection that others opened again", async () => {
  const goesOn = gate();
  let later: Promise<unknown> = Promise.resolve();
  const whole = sql.begin(async (tx) => {
    await tx`insert into notes values ('first')`;
    later = goesOn.isOpen.then(() => outcomeOf(tx`insert into notes values ('second')`));
    proxy.reset();
    await later;
  });
  expect(await outcomeOf(whole)).toMatch(lost);
  // The same connection of the pool, open once more and in no transaction.
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  goesOn.open();
  expect(await later).toMatch(lost);
  expect(await sql`select text from notes`).toEqual([]);
});

test("what waited in a transaction when its connection was lost hears so", async () => {
  let waiting: unknown[] = [];
  const whole = sql.begin(async (tx) => {
    const all = Array.from({ length: 5 }, (_, place) => outcomeOf(tx`select pg_sleep(10), ${place}::int`));
    await database.sql`select pg_sleep(0.1)`;
    proxy.reset();
    waiting = await Promise.all(all);
  });
  expect(await outcomeOf(whole)).toMatch(lost);
  await expect
    .poll(() => waiting, { timeout: 30_000 })
    .toEqual(Array.from({ length: 5 }, () => expect.stringMatching(lost)));
});

test("whatever is asked while connections are being reset ends, and every answer is its question's own", async () => {
  const pool = client(4);
  const ask = async (question: number): Promise<unknown> => {
    // Short ones wait for the end of the turn, long ones are sent at once.
    const padding = question % 2 === 0 ? "" : "x".repeat(2_000);
    const rows = await outcomeOf(pool`select ${question}::int as question, ${padding}::text as padding`);
    return Array.isArray(rows) ? rows[0].question === question : rows;
  };
  const answers: unknown[] = [];
  let isOver = false;
  const lane = async (first: number) => {
    for (let question = first; !isOver; question += 24) answers.push(await ask(question));
  };
  const lanes = Array.from({ length: 24 }, (_, place) => lane(place));
  for (let time = 0; time < 25; time += 1) {
    const enough = answers.length + 24;
    await expect.poll(() => answers.length, { interval: 1, timeout: 30_000 }).toBeGreaterThan(enough);
    proxy.reset();
  }
  isOver = true;
  await Promise.all(lanes);
  await pool.end({ timeout: 1 });
  const failures = answers.filter((answer) => answer !== true);
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.filter((failure) => !lost.test(String(failure)))).toEqual([]);
});

test("a query that is let in and shown out at once hears so, and is not tried without end", async () => {
  proxy.showOut();
  expect(await outcomeOf(sql`select 1 as one`)).toBe("CONNECTION_CLOSED");
  expect(proxy.arrivals()).toBe(1);
  proxy.letIn();
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
});

test("an approval and what it leads to are done together or not at all, although the database went away between them", async () => {
  process.env["DATABASE_URL"] = proxy.url;
  const between = gate();
  const whole = inSqlTransaction(async (tx) => {
    await tx`insert into notes values ('approved')`;
    proxy.reset();
    await between.isOpen;
    await tx`insert into notes values ('done')`;
  });
  const outcome = outcomeOf(whole);
  expect(await outcome).toMatch(lost);
  between.open();
  expect(await database.sql`select text from notes`).toEqual([]);
});
