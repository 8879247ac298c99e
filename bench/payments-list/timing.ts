import type { Sql } from "postgres";
import { say } from "@/scripts/start/say.mjs";
import type { BenchDatabase } from "../server/database";
import type { Ends } from "../server/ends";
import { pairedRatio, percentile, type Ratio } from "../statistics";
import { cursorAt, type Place, startListServer } from "./list-server";
import { perPage } from "./pages";

export type Timed = { share: number; milliseconds: number; ratio: Ratio; nullRatio: Ratio };

type List = { name: string; sql: Sql };

/** Depths that are asked for in turns, chosen evenly over the whole list. */
const depths = 200;
const rounds = 7;

/**
 * How long a screen takes over HTTP, in a small list and in a large one and in the small one again, asked in an order
 * that nobody could guess. All screens are full, so that they are of one size.
 */
export async function timeScreens(
  { database, small, large, samples }: { database: BenchDatabase; small: List; large: List; samples: number },
  ends: Ends,
): Promise<Timed[]> {
  const sides = [
    await sideOf(database, small, ends),
    await sideOf(database, large, ends),
    await sideOf(database, small, ends),
  ];
  const times: number[][][] = sides.map(() => []);
  const each = Math.ceil(samples / rounds);
  for (let round = -1; round < rounds; round += 1) {
    const taken: number[][] = sides.map(() => []);
    for (const side of shuffled(sides.flatMap((_, place) => Array<number>(each).fill(place)))) {
      taken[side]?.push((await sides[side]?.()) ?? Number.NaN);
    }
    // The first round only warms up.
    if (round < 0) continue;
    for (const [side, milliseconds] of taken.entries()) times[side]?.push(milliseconds);
    say(`timed round ${round + 1} of ${rounds}`);
  }
  const [first = [], second = [], again = []] = times;
  return [0.5, 0.95].map((share) => {
    const of = (side: number[][]) => side.map((round) => percentile(round, share));
    return {
      share,
      milliseconds: percentile(second.flat(), share),
      ratio: pairedRatio(of(second), of(first)),
      nullRatio: pairedRatio(of(again), of(first)),
    };
  });
}

/** Asks for a screen at some depth and returns how long it took. */
async function sideOf(database: BenchDatabase, { name, sql }: List, ends: Ends): Promise<() => Promise<number>> {
  const server = await startListServer(database.url(name), ends);
  const { older } = await server.get({});
  const [count] = await sql<{ rows: string }[]>`select count(*) as rows from payments`;
  const step = Math.max(1, Math.floor((Number(count?.rows) - perPage) / depths));
  const found = await sql<Place[]>`
    select id, (extract(epoch from created_at) * 1000)::float8 as at from (
      select id, created_at, row_number() over (order by created_at desc, id desc) as place from payments
    ) as numbered where place % ${step}::int = 0 and place <= ${Number(count?.rows) - perPage}::int`;
  const cursors = found.map((row) => cursorAt(older ?? "", row));
  let next = 0;
  return async () => {
    const after = cursors[next % cursors.length] ?? "";
    next += 1;
    const began = performance.now();
    const { rows } = await server.get({ after });
    const took = performance.now() - began;
    if (rows.length !== perPage) throw new Error(`a screen had ${rows.length} rows instead of ${perPage}`);
    return took;
  };
}

function shuffled<T>(items: T[]): T[] {
  for (let place = items.length - 1; place > 0; place -= 1) {
    const other = Math.floor(Math.random() * (place + 1));
    [items[place], items[other]] = [items[other] as T, items[place] as T];
  }
  return items;
}
