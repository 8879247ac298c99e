import postgres, { type Sql } from "postgres";
import type { BenchDatabase } from "../server/database";
import { type Ends, runEnds } from "../server/ends";
import { type Captured, capture, countsOrSkips, explainEverything } from "./captured";
import { cursorAt, type ListServer, type Place, startListServer } from "./list-server";

export const perPage = 50;
/** Neighbouring pages that are read at each depth, because one of them may just cross a boundary. */
const neighbours = 10;

/** What was seen of one database: the mean pages that a screen touched at each depth, and every statement it took. */
export type Seen = {
  rows: number;
  /** By the number of the screen, or `last`. */
  touched: Map<string, number>;
  /** The most statements that one screen took. */
  statements: number;
  /** Those that count or skip. */
  forbidden: string[];
  /** Whether every screen had the rows that stand at its place. */
  isRight: boolean;
  filtered: Map<string, number>;
  /** What skipping to the last screen would touch, by the counter's own measure. */
  skipping: Captured;
};

/** Addresses of lists whose matches are common, rare, and none. */
export const filters: Record<string, Record<string, string>> = {
  "by amount": { sort: "-amount" },
  "oldest first": { sort: "createdAt" },
  "state waiting": { state: "waiting" },
  "state paid": { state: "paid" },
  "state refunded": { state: "refunded" },
  "needs a look (none does)": { look: "1" },
  "way code of 0.02 %": { way: "ALI_JSAPI" },
  "way code that nobody uses": { way: "XX_NONE" },
  "amount that nobody paid": { least: "9999999.00" },
  "number that nobody has": { number: "Q-000000" },
};

export async function seePages({
  database,
  sql,
  name,
  rows,
}: {
  database: BenchDatabase;
  sql: Sql;
  name: string;
  rows: number;
}): Promise<Seen> {
  const ends: Ends = [];
  await explainEverything(database, name, true);
  ends.push(() => explainEverything(database, name, false));
  try {
    const server = await startListServer(database.url(name), ends);
    // The connection's own questions and everything that is read for the first time.
    const first = await server.get({});
    const look = lookThrough(database.logFile, server);
    const seen = await seeDepths({ sql, rows, look, cursor: first.older ?? "" });
    const filtered = new Map<string, number>();
    for (const [filter, params] of Object.entries(filters)) filtered.set(filter, (await look(params)).pages);
    const { statements } = await capture(database.logFile, () => skipTo(database, name, rows - perPage));
    const skipping = statements.find(({ text }) => text.includes("offset")) ?? { text: "", pages: 0 };
    return { rows, ...seen, filtered, skipping };
  } finally {
    await runEnds(ends);
  }
}

type Look = (
  params: Record<string, string>,
) => Promise<{ ids: string[]; older: string | null; pages: number; texts: string[] }>;

function lookThrough(logFile: string, server: ListServer): Look {
  return async (params) => {
    const { result, statements } = await capture(logFile, () => server.get(params));
    return {
      ids: result.rows.map((row) => row.id),
      older: result.older,
      pages: statements.reduce((sum, { pages }) => sum + pages, 0),
      texts: statements.map(({ text }) => text),
    };
  };
}

async function seeDepths({ sql, rows, look, cursor }: { sql: Sql; rows: number; look: Look; cursor: string }) {
  const touched = new Map<string, number>();
  const seen = { statements: 0, forbidden: [] as string[], isRight: true };
  const last = Math.floor(rows / perPage) - neighbours;
  const depths = [1, 100, 10_000].filter((screen) => screen <= last).map((screen) => [String(screen), screen] as const);
  for (const [depth, screen] of [...depths, ["last", last] as const]) {
    let after = screen === 1 ? null : cursorAt(cursor, await rowAt(sql, (screen - 1) * perPage - 1));
    const expected = await idsFrom(sql, (screen - 1) * perPage, neighbours * perPage);
    let pages = 0;
    const ids: string[] = [];
    for (let neighbour = 0; neighbour < neighbours; neighbour += 1) {
      const page = await look(after === null ? {} : { after });
      ids.push(...page.ids);
      pages += page.pages;
      after = page.older;
      seen.statements = Math.max(seen.statements, page.texts.length);
      seen.forbidden.push(...page.texts.filter(countsOrSkips));
      if (page.texts.length === 0) throw new Error("a screen was shown and no statement was seen: the log is not read");
    }
    seen.isRight &&= ids.join() === expected.join();
    touched.set(depth, pages / neighbours);
  }
  return { touched, ...seen };
}

/** The row at a place of the list, found the way that the list itself must not take. */
async function rowAt(sql: Sql, place: number): Promise<Place> {
  const [row] = await sql<Place[]>`
    select id, (extract(epoch from created_at) * 1000)::float8 as at from payments order by created_at desc, id desc offset ${place} limit 1`;
  if (!row) throw new Error(`there is no payment at place ${place}`);
  return row;
}

async function idsFrom(sql: Sql, place: number, count: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from payments order by created_at desc, id desc offset ${place} limit ${count}`;
  return rows.map((row) => row.id);
}

/** A connection of its own, opened after the database began to explain. */
async function skipTo({ url }: BenchDatabase, name: string, place: number): Promise<void> {
  const sql = postgres(url(name), { max: 1, onnotice: () => {}, fetch_types: false });
  await sql`select id from payments order by created_at desc, id desc limit ${perPage} offset ${place}`;
  await sql.end();
}
