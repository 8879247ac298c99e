import { say } from "@/scripts/start/say.mjs";
import { type Load, startLoad } from "../load/load";
import type { Shape } from "../load/messages";
import type { Options } from "../options";
import type { Report } from "../report";
import type { BenchDatabase } from "../server/database";
import { type Ends, runEnds } from "../server/ends";
import { pairedRatio } from "../statistics";
import { type Counted, counted, quieten } from "./counters";
import { startRefBare, startWeb } from "./servers";
import type { Shop } from "./shop";
import { startWireCounter } from "./wire-counter";

type About = { options: Options; database: BenchDatabase; report: Report; shop: Shop; build: string };
type Batch = Counted & { messages: number; roundTrips: number; answers: Record<string, number> };
type Send = (batch: { shape: Shape; first: number; distinct: number; times: number }) => Promise<Batch>;

/** Statements, round trips, commits and bytes of the write-ahead log for each notification (P4, P5). */
export async function countStatements({ options, database, report, shop, build }: About): Promise<void> {
  const ends: Ends = [];
  try {
    say("counting statements");
    await quieten(database, true);
    ends.push(() => quieten(database, false));
    const wires = await startWireCounter(database.port, ends);
    const web = await startWeb(shop, build, ends, withPort(shop.databaseUrl, wires.port));
    const load = startLoad("bench/load/http-load.ts", ends);
    const send = sender({ database, shop, load, target: web.url, roundTrips: wires.roundTrips });

    await send({ shape: "known", first: await shop.openPayments(50), distinct: 50, times: 1 });
    const { fresh, repeated } = await freshAndRepeated(options, shop, send);
    reportCounts(report, "new", total(fresh), "success");
    reportCounts(report, "repeated", total(repeated), "success");
    reportRepeats(report, fresh, repeated, options.deliveries);
    const first = await shop.openPayments(options.count);
    for (const shape of ["unknown-order", "ambiguous"] as const) {
      const batch = await send({ shape, first, distinct: options.count, times: 1 });
      reportCounts(report, shape.replace("-", " "), batch, shape === "ambiguous" ? "ambiguous" : "success");
    }
    await seeItFail({ database, report, shop, load, ends });
  } finally {
    await runEnds(ends);
  }
}

/** New messages and their repeats in turns, so that both meet the same machine. */
async function freshAndRepeated({ count, rounds, deliveries }: Options, shop: Shop, send: Send) {
  const fresh: Batch[] = [];
  const repeated: Batch[] = [];
  const each = Math.ceil(count / rounds);
  for (let round = 0; round < rounds; round += 1) {
    const first = await shop.openPayments(each);
    fresh.push(await send({ shape: "known", first, distinct: each, times: 1 }));
    const distinct = Math.max(1, Math.ceil(each / deliveries));
    repeated.push(await send({ shape: "known", first, distinct, times: deliveries }));
  }
  return { fresh, repeated };
}

function sender(about: {
  database: BenchDatabase;
  shop: Shop;
  load: Load;
  target: string;
  roundTrips: () => number;
}): Send {
  const { database, shop, load, target, roundTrips } = about;
  const name = new URL(shop.databaseUrl).pathname.slice(1);
  return async ({ shape, first, distinct, times }) => {
    const { sender: from, credentialId, merchantId } = shop;
    // Fewer than the server has connections to its database, so that no two statements share a round trip.
    const job = { target, sender: from, credentialId, merchantId, first, distinct, times, shape, connections: 4 };
    let sent = { answers: {}, before: 0, after: 0 };
    const counts = await counted(database, name, async () => {
      sent = await load.run(job, roundTrips);
    });
    return { ...counts, messages: distinct * times, roundTrips: sent.after - sent.before, answers: sent.answers };
  };
}

function reportCounts(report: Report, kind: string, batch: Batch, expected: string): void {
  const { messages, answers, ingest, other, hints, changes } = batch;
  report.check(`${messages} ${kind} messages were all answered ${expected}`, answers[expected] === messages);
  report.value(`statements per notification, ${kind}`, (ingest + other) / messages, "statements", 1);
  // The credential is read again every 5 seconds, over the same connections.
  report.value(`round trips per notification, ${kind}`, batch.roundTrips / messages, "round trips", 1.01);
  report.value(`commits per notification, ${kind}`, batch.commits / messages, "commits", 1);
  report.value(`hints to open pages per notification, ${kind}`, hints / messages, "statements");
  const outside = Object.entries(changes).reduce(
    (sum, [table, rows]) => sum + (/^notification(s|_bodies_\w+)$/.test(table) ? 0 : rows),
    0,
  );
  const limit = kind === "repeated" ? 0 : undefined;
  report.value(`row changes outside the inbox, ${kind}`, outside / messages, "rows", limit);
  report.value(`WAL per notification, ${kind}`, batch.walBytes / messages, "bytes");
}

function reportRepeats(report: Report, fresh: Batch[], repeated: Batch[], deliveries: number): void {
  const compare = (metric: string, unit: string, goal: number, of: (batch: Batch) => number) => {
    const [candidate, reference] = [repeated.map(of), fresh.map(of)];
    const all = total(repeated);
    const ratio = pairedRatio(candidate, reference);
    report.ratio(metric, { value: of(all), unit, reference: "a new notification", ratio }, { atMost: goal });
  };
  const metric = (what: string) => `${what} of a repeat, ${deliveries} deliveries each`;
  compare(metric("WAL"), "bytes", 0.15, (batch) => batch.walBytes / batch.messages);
  compare(metric("database time"), "ms", 0.5, (batch) => batch.ingestMs / batch.ingest);
}

/** A counter that cannot fail proves nothing: here it must find the statement that was added on purpose. */
async function seeItFail({
  database,
  report,
  shop,
  load,
  ends,
}: {
  database: BenchDatabase;
  report: Report;
  shop: Shop;
  load: Load;
  ends: Ends;
}): Promise<void> {
  const wires = await startWireCounter(database.port, ends);
  const through = { ...shop, databaseUrl: withPort(shop.databaseUrl, wires.port) };
  const bare = await startRefBare(through, ends, ["--second-statement"]);
  const send = sender({ database, shop, load, target: bare.url, roundTrips: wires.roundTrips });
  const messages = 200;
  const batch = await send({ shape: "known", first: await shop.openPayments(messages), distinct: messages, times: 1 });
  report.check("a second statement added on purpose is counted", (batch.ingest + batch.other) / messages > 1.9);
  report.check("the round trip of a second statement is counted", batch.roundTrips / messages > 1.8);
}

function total(batches: Batch[]): Batch {
  const sum = (of: (batch: Batch) => number) => batches.reduce((before, batch) => before + of(batch), 0);
  const sums = (of: (batch: Batch) => Record<string, number>) => {
    const names = new Set(batches.flatMap((batch) => Object.keys(of(batch))));
    return Object.fromEntries([...names].map((name) => [name, sum((batch) => of(batch)[name] ?? 0)]));
  };
  return {
    messages: sum((batch) => batch.messages),
    roundTrips: sum((batch) => batch.roundTrips),
    answers: sums((batch) => batch.answers),
    ingest: sum((batch) => batch.ingest),
    other: sum((batch) => batch.other),
    hints: sum((batch) => batch.hints),
    commits: sum((batch) => batch.commits),
    changes: sums((batch) => batch.changes),
    walBytes: sum((batch) => batch.walBytes),
    ingestMs: sum((batch) => batch.ingestMs),
    ingestPages: sum((batch) => batch.ingestPages),
  };
}

function withPort(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}
