import { log } from "@/lib/log/log";
import { askDue } from "@/lib/payments/ask-due";
import type { Campaign, OpenCampaign, PartResult } from "../core/campaign";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants, lostMessages } from "../oracle/invariants";
import { openLanes } from "./lanes";
import { sellTo } from "./people";
import { catchDeadlines } from "./requests";
import { calm } from "./weather";
import { openStage, type World } from "./world";

const minute = 60_000;
const hour = 60 * minute;

/**
 * Whole days of a shop in virtual time: the real use cases and the real statements, a pretend gateway, and every fault
 * at once. Each part is a day of its own and repeats to the single statement from its seed.
 */
export const simulation: Campaign = {
  name: "simulation",
  about: "days of a shop in virtual time with all faults mixed, each repeatable from its seed (R19)",
  unit: "orders",
  usualCount: 100_000,
  partSize: 500,
  async open({ serverUrl, lanes = 1 }, { count }) {
    const useful = Math.min(lanes, Math.ceil(count / this.partSize));
    return useful > 1 ? openLanes(serverUrl, useful) : openDays(serverUrl);
  },
};

/** Days of this process, one after the other. */
export async function openDays(serverUrl: string): Promise<OpenCampaign> {
  const stage = await openStage(serverUrl);
  log.level = "silent";
  return {
    async runPart({ index, size, seed }) {
      const { world, mark } = await stage.newDay({ index, seed });
      const restoreTimers = catchDeadlines(() => world.schedule.isInTask());
      try {
        return { ...(await liveThrough(world, size)), mark: await mark() };
      } finally {
        restoreTimers();
      }
    },
    close: () => stage.close(),
  };
}

async function liveThrough(world: World, orders: number): Promise<PartResult> {
  const { schedule, random, weather, shop } = world;
  const operator = await shop.scopeOf("operator");
  const start = schedule.now();
  const spacing = 1_500;
  for (let index = 0; index < orders; index += 1)
    sellTo(world, operator, start + index * spacing + random.below(spacing), index);
  for (let worker = 1; worker <= weather.workers; worker += 1) keepAsking(world, `worker ${worker}`, start + worker);
  // Acts come up to 83 minutes after their order, and late requests and messages after those.
  const stormy = orders * spacing + 2 * hour;
  await schedule.runUntil(start + stormy);
  Object.assign(weather, calm);
  world.isCalm = true;
  // The longest pause between two questions, and the gateway's two hours for a refund, lie within it.
  await schedule.runUntil(start + stormy + 20 * hour);
  return {
    figures: {
      orders,
      ...world.figures,
      "conflicts shown": await conflicts(world),
      "virtual hours": (schedule.now() - start) / hour,
      turns: schedule.turns(),
    },
    broken: [...world.broken, ...(await judged(world))],
  };
}

async function judged(world: World) {
  const { look, gateway, post, weather } = world;
  const { book } = gateway;
  const unheard = (number: string) => !post.heard.has(number);
  const unknowable = weather.hasRefundQuery ? [] : [...book.refunds.keys()].filter(unheard);
  const unheardLate = [...book.orders.values()].filter(
    ({ isPaidLate, mchOrderNo }) => isPaidLate && unheard(mchOrderNo),
  );
  return [
    ...(await brokenInvariants(look)),
    ...(await lostMessages(look, post.acknowledged)),
    ...(await compareBooks(look, book, {
      unknowable: new Set(unknowable),
      unheardLate: new Set(unheardLate.map(({ mchOrderNo }) => mchOrderNo)),
    })),
  ];
}

async function conflicts({ look }: World): Promise<number> {
  const [row] = await look<{ count: string }[]>`select count(*) from timeline_entries where kind = 'conflict'`;
  return Number(row?.count);
}

/** A worker process: it asks what is due, dies now and then, and is started again. */
function keepAsking(world: World, name: string, at: number): void {
  const { schedule, random, weather } = world;
  const diesAt = random.chance(weather.death) ? 1 + random.below(60) : null;
  const onDeath = () => {
    world.count("deaths");
    keepAsking(world, name, schedule.now() + 2_000);
  };
  schedule.spawn({ name, at, diesAt, onDeath }, async () => {
    try {
      const claimed = await askDue({ limit: 20, atOnce: 4 });
      keepAsking(world, name, claimed > 0 ? schedule.now() + 1 : await nextDue(world));
    } catch (error) {
      world.broken.push({ invariant: "no worker throws", detail: String(error) });
    }
  });
}

/** A real worker looks every second; with nothing due that changes nothing, so the simulation jumps. */
async function nextDue(world: World): Promise<number> {
  const { schedule, look, random } = world;
  const [row] = await schedule.within(
    () => look<{ at: Date | null }[]>`
      select min(next_ask_at) as at from (
        select next_ask_at from payments union all select next_ask_at from refunds) as due`,
  );
  const second = schedule.now() + 1_000;
  // In the storm new rows become due at any time; afterwards everything that will be due is known.
  const limit = second + (world.isCalm ? hour : minute / 2);
  if (!row?.at) return limit;
  return Math.max(second, Math.min(new Date(row.at).getTime() + random.below(1_000), limit));
}
