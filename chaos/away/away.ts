import fs from "node:fs";
import { log } from "@/lib/log/log";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { randomFrom } from "../core/random";
import { brokenInvariants } from "../oracle/invariants";
import { compareLedger } from "../processes/messages";
import { openOwnServer } from "../processes/own-server";
import { end, type Program, startDoor } from "../processes/program";
import { openShop, type Shop } from "../shop/shop";
import { type Flood, startFlood } from "./flood";
import { type Outage, outagesOf, pause } from "./outages";

/** One unit is an outage in the middle of a flood of messages. */
export const away: Campaign = awayWith({ isTimed: true });

/** @param extent  `isTimed`: also holds waits and memory against their limits, which a crowded machine cannot keep */
export function awayWith({ isTimed }: { isTimed: boolean }): Campaign {
  return {
    name: "away",
    about: "the database is stopped, killed, read-only, frozen or locked while messages pour in (R2)",
    unit: "outages",
    usualCount: 50,
    partSize: 5,
    async open() {
      log.level = "silent";
      const server = await openOwnServer();
      const shop = await openShop(server.url, { isDurable: true });
      const outages = outagesOf(shop, server);
      return {
        async runPart({ index, size, seed }) {
          await shop.sql`truncate payments, notification_bodies cascade`;
          const order = randomFrom(seed).shuffled(outages).slice(0, size);
          return endure(shop, { label: `A${index}`, outages: order, isTimed });
        },
        async close() {
          await shop.close();
          await server.close();
        },
      };
    },
  };
}

type Plan = { label: string; outages: readonly Outage[]; isTimed: boolean };

async function endure(shop: Shop, { label, outages, isTimed }: Plan): Promise<PartResult> {
  const port = await freePort();
  const door = await startDoor(port);
  const flood = startFlood(shop, { port, label });
  const figures: Figures = {};
  const broken: Broken[] = [];
  try {
    for (const outage of outages) {
      await settled(flood);
      const seen = await watch(flood, door, outage);
      figures[`longest answer while ${outage.name}, ms`] = seen.longestMs;
      figures[`longest way back from ${outage.name}, ms`] = seen.backMs;
      figures[`most memory while ${outage.name}, times`] = seen.growth;
      figures["refused while away"] = (figures["refused while away"] ?? 0) + seen.refused;
      const claim = (invariant: string, detail: string, holds: boolean) => {
        if (!holds) broken.push({ invariant, detail: `${outage.name}: ${detail}` });
      };
      claim("no success while the database is away", `${seen.successes} of them`, seen.successes === 0);
      claim("it is refused, and not left without an answer", seen.failures.join(), seen.failures.length === 0);
      claim("it goes on by itself", "no success afterwards", Number.isFinite(seen.backMs));
      if (!isTimed) continue;
      claim("a refusal takes three seconds at most", `${seen.longestMs} ms`, seen.longestMs <= 3_000);
      claim("it is back after two seconds", `${seen.backMs} ms`, seen.backMs <= 2_000);
      claim("memory grows by a fifth at most", `${seen.growth} times`, seen.growth <= 1.2);
    }
    await flood.finish();
  } finally {
    flood.stop();
    await end(door, "SIGKILL");
  }
  Object.assign(figures, { outages: outages.length, "answered success": flood.acknowledged.size });
  const oracle = [...(await compareLedger(shop, flood.acknowledged)), ...(await brokenInvariants(shop.sql))];
  return { figures, broken: [...broken, ...oracle] };
}

/** Long enough for pools, plans and heap to be as they are in the middle of a day. */
async function settled(flood: Flood): Promise<void> {
  const goal = flood.acknowledged.size + 3_000;
  const latest = performance.now() + 20_000;
  while (flood.acknowledged.size < goal && performance.now() < latest) await pause(50);
}

type Seen = {
  successes: number;
  refused: number;
  failures: string[];
  longestMs: number;
  /** From the database's return to the first success. */
  backMs: number;
  growth: number;
};

async function watch(flood: Flood, door: Program, outage: Outage): Promise<Seen> {
  const before = residentKb(door);
  let peak = before;
  const clock = setInterval(() => {
    peak = Math.max(peak, residentKb(door));
  }, 100);
  await outage.begin();
  // Only what is sent from now on cannot have been stored.
  const during = flood.listen();
  await pause(outage.seconds * 1_000);
  const { answers } = during.close();
  await outage.end();
  const backMs = await flood.nextSuccess();
  // What waited in the meantime is answered now.
  await pause(1_000);
  clearInterval(clock);
  const late = during.latecomers();
  const all = [...answers, ...late];
  return {
    successes: answers.filter(({ body }) => body === "success").length,
    refused: answers.filter(({ status }) => status === 503).length,
    failures: [...new Set(all.flatMap(({ failure }) => failure ?? []))],
    longestMs: Math.round(Math.max(0, ...all.map(({ tookMs }) => tookMs))),
    backMs: Math.round(backMs),
    growth: Math.round((100 * peak) / before) / 100,
  };
}

function residentKb({ process: { pid } }: Program): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
}
