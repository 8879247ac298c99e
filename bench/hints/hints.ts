import { setTimeout as pause } from "node:timers/promises";
import { changesChannel } from "@/db/announce";
import { say } from "@/scripts/start/say.mjs";
import { openShop, type Shop } from "../ingest/shop";
import { type Load, startLoad } from "../load/load";
import type { Work } from "../main";
import { pairedRatio, thereAndBack } from "../statistics";

const names = ["no hint", "after the commit", "in the statement", "no hint again"] as const;
type Name = (typeof names)[number];
type Slice = { rate: number; waiting: number };

// Where the lock shows: it is held until the commit is on disk, so the more commit at once, the longer its queue.
const connections = 32;

/**
 * What it costs the statement of a notification to tell open pages that something changed: in the statement itself, by a
 * statement of its own after the commit, as the product does, or not at all.
 */
export async function measureHints({ options, database, report, ends }: Work): Promise<void> {
  const shop = await openShop(database, ends);
  const program = "bench/ref-sql/main.ts";
  const none = startLoad(program, ends);
  const loads: Record<Name, Load> = {
    "no hint": none,
    "after the commit": startLoad(program, ends, ["--hint-after"]),
    "in the statement": startLoad(program, ends, ["--hint-inside"]),
    "no hint again": none,
  };
  await shop.sql.listen(changesChannel, () => {});
  const requests = Math.max(connections * 4, Math.ceil(options.count / 10));
  const slice = (name: Name) => runSlice({ shop, load: loads[name], requests });
  for (const name of names) await slice(name);

  const rounds = Object.fromEntries(names.map((name) => [name, [] as Slice[]])) as Record<Name, Slice[]>;
  for (let round = 0; round < options.rounds; round += 1) {
    const halves = new Map<Name, Slice[]>();
    for (const name of thereAndBack(names, round)) halves.set(name, [...(halves.get(name) ?? []), await slice(name)]);
    for (const [name, both] of halves) rounds[name].push(meanOf(both));
    say(`round ${round + 1} of ${options.rounds}`);
  }
  const rates = (name: Name) => rounds[name].map(({ rate }) => rate);
  const reference = "the statement without a hint";
  const isSound = report.nullTest("rate", pairedRatio(rates("no hint"), rates("no hint again")), reference);
  report.check("rates: the reference agrees with itself", isSound);
  for (const name of ["after the commit", "in the statement"] as const) {
    const ratio = pairedRatio(rates(name), rates("no hint"));
    report.ratio(`notifications per second, hint ${name}`, {
      value: meanOf(rounds[name]).rate,
      unit: "1/s",
      reference,
      ratio,
    });
  }
  for (const name of names) {
    report.value(`connections waiting for the lock of hints, ${name}`, meanOf(rounds[name]).waiting, "connections");
  }
}

async function runSlice({ shop, load, requests }: { shop: Shop; load: Load; requests: number }): Promise<Slice> {
  const { sender, credentialId, merchantId, databaseUrl } = shop;
  const first = await shop.openPayments(requests);
  const job = { sender, credentialId, merchantId, first, distinct: requests, times: 1, shape: "known" as const };
  const end = new AbortController();
  const watching = watchQueue(shop, end.signal);
  const { seconds } = await load.run({ ...job, target: databaseUrl, connections }, () => undefined);
  end.abort();
  return { rate: requests / seconds, waiting: await watching };
}

/**
 * How many connections wait on average for the one lock that a transaction with NOTIFY takes at its commit.
 *
 * Source: PreCommit_Notify in PostgreSQL's async.c locks database 0 for the whole server.
 */
async function watchQueue({ sql }: Shop, end: AbortSignal): Promise<number> {
  let looks = 0;
  let sum = 0;
  while (!end.aborted) {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_locks
      where not granted and locktype = 'object' and classid = 'pg_database'::regclass and objid = 0`;
    looks += 1;
    sum += row?.waiting ?? 0;
    await pause(5);
  }
  return sum / Math.max(1, looks);
}

function meanOf(slices: readonly Slice[]): Slice {
  const mean = (of: (slice: Slice) => number) => slices.reduce((sum, slice) => sum + of(slice), 0) / slices.length;
  return { rate: mean(({ rate }) => rate), waiting: mean(({ waiting }) => waiting) };
}
