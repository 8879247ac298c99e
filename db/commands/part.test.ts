import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { part, run, written } from "./part";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => database.close());

test("pieces within pieces keep their values in the order in which they stand", async () => {
  const inner = part`select ${"a"}::text as first, ${part`${2}::int + ${3}::int`} as second`;
  const rows = await run(database.sql, part`with found as (${inner}) select found.*, ${"z"}::text as last from found`);
  expect([...rows]).toEqual([{ first: "a", second: 5, last: "z" }]);
});

test("a value is never a piece of the text, whatever it says", async () => {
  const hostile = "'; drop table payments; --$1";
  const rows = await run(database.sql, part`select ${hostile}::text as said, ${null}::text as nothing`);
  expect([...rows]).toEqual([{ said: hostile, nothing: null }]);
});

test("values of every kind arrive as they are", async () => {
  const bytes = Buffer.from([0, 1, 255]);
  const rows = await run(
    database.sql,
    part`select ${bytes}::bytea as bytes, ${true}::boolean as yes, ${1.5}::float8 as half`,
  );
  expect([...rows]).toEqual([{ bytes, yes: true, half: 1.5 }]);
});

test("a text with NUL is taken with its printable symbol instead, and bytes keep theirs", async () => {
  const bytes = Buffer.from("a\u0000b");
  const rows = await run(database.sql, part`select ${"a\u0000b"}::text as text, ${bytes}::bytea as bytes`);
  expect([...rows]).toEqual([{ text: "a\u2400b", bytes }]);
});

test("one template whose gaps hold a value here and a piece there is written anew for each", async () => {
  const pair = (left: number | ReturnType<typeof part>, right: number | ReturnType<typeof part>) =>
    part`select ${left}::int as "left", ${right}::int as "right"`;
  const three = part`${1}::int + ${2}`;
  for (const [statement, left, right] of [
    [pair(three, 4), 3, 4],
    [pair(5, three), 5, 3],
    [pair(three, three), 3, 3],
    [pair(three, 6), 3, 6],
    [pair(7, 8), 7, 8],
  ] as const) {
    expect([...(await run(database.sql, statement))]).toEqual([{ left, right }]);
  }
  expect(written(pair(5, three)).text).toBe(written(pair(9, part`${1}::int + ${2}`)).text);
});
