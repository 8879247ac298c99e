import { say } from "@/scripts/start/say.mjs";
import { type Load, startLoad } from "../load/load";
import type { Options } from "../options";
import type { Report } from "../report";
import { type Ends, runEnds } from "../server/ends";
import { pairedRatio, type Ratio, thereAndBack } from "../statistics";
import { type RefEmpty, startRefBare, startRefEmpty, startWeb } from "./servers";
import type { Shop } from "./shop";

type About = { options: Options; report: Report; shop: Shop; builds: { web: string; empty: RefEmpty } };

const names = ["ref-empty", "web", "ref-empty again", "ref-bare", "ref-sql"] as const;
type Name = (typeof names)[number];

type Side = { name: Name; load: Load; target: string; cpuSeconds: () => number; isStored: boolean };
type Slice = { requests: number; seconds: number; cpuSeconds: number };
type Rounds = Record<Name, Slice[]>;

// What the goal for processor time asks of each slice.
const requestsForCpu = 2_000;
// A handler becomes faster for some thousand requests, and one with more code for longer.
const warmUpRequests = 5_000;
const attempts = 2;

/** Processor time and rate beside an empty handler, the same code without the framework, and the bare statement (P1 to P3). */
export async function compareSpeed({ options, report, shop, builds }: About): Promise<void> {
  const ends: Ends = [];
  try {
    const http = startLoad("bench/load/http-load.ts", ends);
    const empty = await startRefEmpty(builds.empty, ends);
    const web = await startWeb(shop, builds.web, ends);
    const bare = await startRefBare(shop, ends);
    const sides: Side[] = [
      { name: "ref-empty", load: http, target: empty.url, cpuSeconds: empty.cpuSeconds, isStored: false },
      { name: "web", load: http, target: web.url, cpuSeconds: web.cpuSeconds, isStored: true },
      { name: "ref-empty again", load: http, target: empty.url, cpuSeconds: empty.cpuSeconds, isStored: false },
      { name: "ref-bare", load: http, target: bare.url, cpuSeconds: bare.cpuSeconds, isStored: true },
      {
        name: "ref-sql",
        load: startLoad("bench/ref-sql/main.ts", ends),
        target: shop.databaseUrl,
        cpuSeconds: () => 0,
        isStored: true,
      },
    ];
    for (const [place, connections] of options.connections.entries()) {
      await compareAt({ options, report, shop, sides, connections, leastRequests: place === 0 ? requestsForCpu : 0 });
    }
  } finally {
    await runEnds(ends);
  }
}

type Comparison = {
  options: Options;
  report: Report;
  shop: Shop;
  sides: Side[];
  connections: number;
  leastRequests: number;
};

async function compareAt(comparison: Comparison): Promise<void> {
  const { report, connections } = comparison;
  for (let attempt = 1; ; attempt += 1) {
    say(`comparing speed with ${connections} connections`);
    const rounds = await runRounds(comparison);
    const sound = reportRounds(report, rounds, connections);
    if ((sound.cpu && sound.rate) || attempt === attempts) {
      report.check(`CPU with ${connections} connections: the reference agrees with itself`, sound.cpu);
      report.check(`rates with ${connections} connections: the reference agrees with itself`, sound.rate);
      return;
    }
  }
}

async function runRounds({ options, report, shop, sides, connections, leastRequests }: Comparison): Promise<Rounds> {
  const before = await stored(shop);
  let accepted = 0;
  let sent = 0;
  const slice = async (side: Side, requests: number, first: number): Promise<Slice> => {
    const { sender, credentialId, merchantId } = shop;
    const job = { sender, credentialId, merchantId, first, distinct: requests, times: 1, shape: "known" as const };
    const result = await side.load.run({ ...job, target: side.target, connections }, side.cpuSeconds);
    if (side.isStored) {
      sent += requests;
      accepted += result.answers["success"] ?? 0;
    }
    return { requests, seconds: result.seconds, cpuSeconds: result.after - result.before };
  };

  const sizes = new Map<Name, number>();
  for (const side of sides) {
    // Twice: the first time compiles, connects and prepares.
    for (const requests of [Math.min(options.count, warmUpRequests), connections * 30]) {
      const { seconds } = await slice(side, requests, side.isStored ? await shop.openPayments(requests) : 0);
      const least = side.name === "ref-sql" ? 0 : Math.min(leastRequests, options.count);
      sizes.set(side.name, Math.ceil(Math.max((requests / seconds) * options.sliceSeconds, least)));
    }
  }
  const sizeOf = ({ name }: Side) => sizes.get(name) ?? 1;
  const needed = sides.filter(({ isStored }) => isStored).reduce((sum, side) => sum + sizeOf(side), 0);
  let next = await shop.openPayments(needed * options.rounds * 2);

  const rounds = Object.fromEntries(names.map((name) => [name, [] as Slice[]])) as Rounds;
  for (let round = 0; round < options.rounds; round += 1) {
    const halves = new Map<Name, Slice>();
    for (const side of thereAndBack(sides, round)) {
      const measured = await slice(side, sizeOf(side), side.isStored ? next : 0);
      if (side.isStored) next += sizeOf(side);
      halves.set(side.name, sumOf(halves.get(side.name), measured));
    }
    for (const [name, both] of halves) rounds[name].push(both);
    say(`round ${round + 1} of ${options.rounds}`);
  }
  const after = await stored(shop);
  report.check(`${sent} notifications were sent and as many answered success`, accepted === sent);
  report.check(`${sent} were stored, each once, and paid their payments`, after - before === sent);
  return rounds;
}

/** Messages that were believed, came once, and moved their payment. */
async function stored({ sql }: Shop): Promise<number> {
  const [row] = await sql<{ count: string }[]>`
    select count(*) as count from notifications join payments
      on payments.merchant_id = notifications.merchant_id and payments.id = notifications.payment_id
    where verdict = 'valid' and deliveries = 1 and effect = 'waiting>paid' and payments.state = 'paid'`;
  return Number(row?.count);
}

/** Returns in what the reference agreed with itself. */
function reportRounds(report: Report, rounds: Rounds, connections: number): { cpu: boolean; rate: boolean } {
  const rate = ({ requests, seconds }: Slice) => requests / seconds;
  const cpu = ({ requests, cpuSeconds }: Slice) => (cpuSeconds * 1_000) / requests;
  const at = `${connections} connections`;
  const against = (reference: Name, of: (slice: Slice) => number, candidate: Name = "web"): Ratio =>
    pairedRatio(rounds[candidate].map(of), rounds[reference].map(of));
  const mean = (name: Name, of: (slice: Slice) => number) => of(rounds[name].reduce((sum, slice) => sumOf(sum, slice)));

  const sound = {
    cpu: report.nullTest(`CPU, ${at}`, against("ref-empty", cpu, "ref-empty again"), "ref-empty"),
    rate: report.nullTest(`rate, ${at}`, against("ref-empty", rate, "ref-empty again"), "ref-empty"),
  };
  const line = (metric: string, unit: string, of: (slice: Slice) => number, reference: Name, limits = {}) =>
    report.ratio(
      `${metric}, ${at}`,
      { value: mean("web", of), unit, reference, ratio: against(reference, of) },
      limits,
    );
  line("CPU per notification", "ms", cpu, "ref-empty", { atMost: 1.25 });
  line("CPU per notification", "ms", cpu, "ref-bare");
  line("notifications per second", "1/s", rate, "ref-empty", { atLeast: 0.8 });
  line("notifications per second", "1/s", rate, "ref-bare", { atLeast: 0.85 });
  line("notifications per second", "1/s", rate, "ref-sql", connections === 32 ? { atLeast: 0.35 } : {});
  return sound;
}

function sumOf(a: Slice | undefined, b: Slice): Slice {
  if (!a) return b;
  return { requests: a.requests + b.requests, seconds: a.seconds + b.seconds, cpuSeconds: a.cpuSeconds + b.cpuSeconds };
}
