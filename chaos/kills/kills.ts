import { log } from "@/lib/log/log";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { brokenInvariants } from "../oracle/invariants";
import { compareLedger } from "../processes/messages";
import { type OwnServer, openOwnServer } from "../processes/own-server";
import { end, type Program, startDoor, startWorker } from "../processes/program";
import { inventedSender, openShop, type Shop } from "../shop/shop";
import { startIngest } from "./ingest";
import { Stuck } from "./stuck";

/** One unit is a kill in the middle of a stream of messages. */
export const kills: Campaign = killsWith({ partSize: 12, mostMessages: 12_000 });

type Extent = {
  /** Kills between two looks at the tables. */
  partSize: number;
  /**
   * How many messages are answered `success` between two kills at most. Every order of magnitude is as likely as the
   * next, so that kills also meet what has just come back; with 12,000, 816 kills make a million messages.
   */
  mostMessages: number;
};

export function killsWith({ partSize, mostMessages }: Extent): Campaign {
  return {
    name: "kills",
    about: "web process, worker, database and all of them are killed while messages pour in (R1)",
    unit: "kills",
    usualCount: 816,
    partSize,
    async open() {
      log.level = "silent";
      const server = await openOwnServer();
      // Nobody answers there, at once: the worker has work to do and fails at it.
      const shop = await openShop(server.url, {
        sender: { ...inventedSender, baseUrl: "http://127.0.0.1:1" },
        isDurable: true,
      });
      return {
        async runPart({ index, size, seed }) {
          await shop.sql`truncate payments, notification_bodies cascade`;
          const random = randomFrom(seed);
          return murder(shop, server, { label: `K${index}`, kills: size, mostMessages, random });
        },
        async close() {
          await shop.close();
          await server.close();
        },
      };
    },
  };
}

type Plan = { label: string; kills: number; mostMessages: number; random: Random };

const targets = ["web", "worker", "database", "all"] as const;
type Target = (typeof targets)[number];

async function murder(shop: Shop, server: OwnServer, plan: Plan): Promise<PartResult> {
  const port = await freePort();
  const crew: Crew = { door: await startDoor(port), worker: startWorker(), server };
  const figures: Figures = { kills: plan.kills };
  const ingest = await startIngest(shop, { port, label: plan.label });
  try {
    let bag: Target[] = [];
    for (let kill = 0; kill < plan.kills; kill += 1) {
      if (bag.length === 0) bag = plan.random.shuffled(targets);
      const target = bag.pop() ?? "all";
      await ingest.untilMore(Math.ceil(plan.mostMessages ** plan.random.next()));
      figures[`of them ${target}`] = (figures[`of them ${target}`] ?? 0) + 1;
      await strike(crew, target, port);
    }
    // It must go on by itself after the last one too.
    await ingest.untilMore(1);
    await ingest.finish();
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    return { figures, broken: [{ invariant: "it goes on by itself after a kill", detail: error.message }] };
  } finally {
    ingest.stop();
    await Promise.all([end(crew.door, "SIGKILL"), end(crew.worker, "SIGKILL")]);
  }
  Object.assign(figures, ingest.figures());
  const broken: Broken[] = [
    ...(await compareLedger(shop, ingest.acknowledged)),
    ...(await unmoved(shop)),
    ...(await brokenInvariants(shop.sql)),
  ];
  return { figures, broken };
}

type Crew = { door: Program; worker: Program; server: OwnServer };

async function strike(crew: Crew, target: Target, port: number): Promise<void> {
  const isHit = (what: Target) => target === what || target === "all";
  const dying: Promise<unknown>[] = [];
  if (isHit("database")) dying.push(crew.server.kill());
  if (isHit("web")) dying.push(end(crew.door, "SIGKILL"));
  if (isHit("worker")) dying.push(end(crew.worker, "SIGKILL"));
  await Promise.all(dying);
  if (isHit("database")) await crew.server.start();
  if (isHit("worker")) crew.worker = startWorker();
  if (isHit("web")) crew.door = await startDoor(port);
}

/** Payments whose message is stored, and which it did not move exactly once. */
async function unmoved({ sql }: Shop): Promise<Broken[]> {
  const rows = await sql`
    select p.mch_order_no as order, p.state, count(t.id)::int as changes
    from notifications n join payments p on p.merchant_id = n.merchant_id and p.mch_order_no = n.order_no
    left join timeline_entries t on t.payment_id = p.id and t.kind = 'change' and t.to_state = 'paid'
    group by p.merchant_id, p.id having p.state <> 'paid' or count(t.id) <> 1`;
  if (rows.length === 0) return [];
  const detail = `${rows.length} not, such as ${JSON.stringify(rows[0])}`;
  return [{ invariant: "a stored message has moved its payment once", detail }];
}
