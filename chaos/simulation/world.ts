import { createHash, type Hash } from "node:crypto";
import type { Sql } from "postgres";
import { setHoldSeconds } from "@/db/commands/refund-control";
import { forgetCredential } from "@/lib/credentials/open-credential";
import type { Broken, Figures } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { openPretendGateway, type PretendGateway } from "../gateway/pretend-gateway";
import { openGated, shelveClient } from "../shop/gated-client";
import { interceptFetch } from "../shop/network";
import { openShop, type Shop } from "../shop/shop";
import { hearMessages, type Post } from "./post";
import { networkOf } from "./requests";
import { openSchedule, type Schedule } from "./schedule";
import { type VirtualProcess, virtualiseProcess } from "./virtual-time";
import { type Weather, weatherOf } from "./weather";

/** Everything one simulated day is made of. */
export type World = {
  shop: Shop;
  /** The harness's own look into the database, at the simulated instant. */
  look: Sql;
  schedule: Schedule;
  gateway: PretendGateway;
  post: Post;
  random: Random;
  weather: Weather;
  isCalm: boolean;
  figures: Figures;
  broken: Broken[];
  count(what: string): void;
};

export type Stage = {
  /** Makes an empty day that follows from its seed alone. */
  newDay(day: { index: number; seed: number }): Promise<{ world: World; mark: () => Promise<string> }>;
  close(): Promise<void>;
};

// Ids carry the time: a day must lie after the real present, in which the stage itself was built, and after other days.
const firstDay = Date.UTC(2035, 0, 1);
const dayMs = 86_400_000;

/** Builds what all days share: the database, and a process that lives in virtual time. */
export async function openStage(serverUrl: string): Promise<Stage> {
  const shop = await openShop(serverUrl);
  await settleDatabase(shop.sql);
  let schedule: Schedule = openSchedule(firstDay);
  let world: World | null = null;
  const limit = { max: 1, statementTimeoutMs: 60_000, lockTimeoutMs: 60_000 };
  const client = openGated(shop.databaseUrl, limit, {
    isWhole: true,
    around: (statement, run) => {
      if (statement.startsWith("select pg_notify")) return Promise.resolve([] as never);
      if (!schedule.isInTask() || !world) return run();
      world.count("statements");
      return schedule.turn(statement, statementMs(world), () => {
        setClock(client.raw, schedule.now());
        return run();
      });
    },
    builder: (_, run) => schedule.within(run),
  });
  shelveClient(client);
  const restoreFetch = interceptFetch((url, body) => {
    if (!world) throw new Error("Nobody may send anything between two days.");
    return networkOf(world, url.pathname, body);
  });
  const process: VirtualProcess = virtualiseProcess(
    () => schedule.now() + (world?.weather.skewMs ?? 0),
    () => (schedule.isInTask() ? schedule.turns() : null),
  );

  return {
    async newDay({ index, seed }) {
      schedule.clear();
      schedule = openSchedule(firstDay + index * dayMs);
      await client.raw`truncate payments cascade`;
      await client.raw`
        update credentials set refund_query = 'unknown', refund_query_absences = 0, refund_query_absent_since = null,
          refund_query_absent_at = null`;
      forgetCredential(shop.credentialId);
      setClock(client.raw, schedule.now());
      process.reseed(seed);
      const made = makeDay(shop, client.raw, schedule, randomFrom(seed));
      await setHoldSeconds(client.raw, "test", made.weather.holdSeconds);
      world = made;
      const hash = createHash("sha256");
      schedule.onTurn((line) => {
        hash.update(line).update("\n");
      });
      return { world: made, mark: () => markOf(hash, made) };
    },
    async close() {
      schedule.clear();
      process.restore();
      restoreFetch();
      await shop.close();
    },
  };
}

/**
 * Nothing in the background, plans that do not depend on how full the tables were when they were made, and a clock that
 * the planner can write into a statement: one connection lives in one instant, so nobody's shift is looked up.
 */
async function settleDatabase(sql: Sql): Promise<void> {
  await sql`do $$ declare t regclass; begin
    for t in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
      execute format('alter table %s set (autovacuum_enabled = off)', t);
    end loop;
    execute format('alter database %I set enable_seqscan = off', current_database());
    execute format('alter database %I set enable_bitmapscan = off', current_database());
  end $$`;
  await sql`
    create or replace function sim.now() returns timestamptz language sql stable as $$
      select coalesce(
        pg_catalog.to_timestamp(nullif(pg_catalog.current_setting('sim.now', true), '')::double precision / 1000),
        pg_catalog.now())
    $$`;
}

function makeDay(shop: Shop, look: Sql, schedule: Schedule, random: Random): World {
  const { mchNo, appId, secret } = shop.sender;
  const weather = weatherOf(random);
  const figures: Figures = {};
  const world: World = {
    shop,
    look,
    schedule,
    random,
    weather,
    isCalm: false,
    figures,
    broken: [],
    count(what) {
      figures[what] = (figures[what] ?? 0) + 1;
    },
    gateway: openPretendGateway({
      secret,
      mchNo,
      appId,
      now: () => schedule.now(),
      tell: (message) => world.post.send(message),
      refundStart: () => (random.chance(weather.refundLater) ? "later" : random.chance(0.1) ? "fail" : "succeed"),
    }),
    post: hearMessages(() => world),
  };
  return world;
}

/** Mostly a moment; now and then the process freezes for longer than its lease lasts. */
function statementMs({ random, weather, count }: World): number {
  if (!random.chance(weather.stall)) return 1 + random.below(4);
  count("stalls");
  return 10_000 + random.below(110_000);
}

/** Not awaited: the one connection keeps the order. */
function setClock(raw: Sql, now: number): void {
  raw`select pg_catalog.set_config('sim.now', ${String(now)}, false)`.catch(() => {});
}

/** Every turn in its order, what the gateway's book says in the end, and what the console says. */
async function markOf(hash: Hash, { gateway, look }: World): Promise<string> {
  const rows = await look`
    select mch_order_no, state, reserved_amount, refunded_amount, attention, ask_count from payments order by 1`;
  const refunds = await look`select mch_refund_no, state, send_count, ask_count from refunds order by 1`;
  const book = [...gateway.book.orders.values(), ...gateway.book.refunds.values()];
  // The notify address carries an id that was drawn before the day began.
  const all = [book.map(({ notifyUrl: _, ...entry }) => entry), rows, refunds];
  return hash.update(JSON.stringify(all)).digest("hex").slice(0, 16);
}
