import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { log } from "@/lib/log/log";
import { buildWeb } from "@/scripts/start/build.mjs";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { brokenInvariants } from "../oracle/invariants";
import { watchMemory } from "../processes/memory";
import { compareLedger, pathOf } from "../processes/messages";
import { end, type Program, startWeb } from "../processes/program";
import { quantile } from "../processes/quantile";
import { openShop, type Shop } from "../shop/shop";
import type { Order, Tally } from "./attacker";
import { type Attack, attacks } from "./attacks";
import { type HonestTraffic, startHonestTraffic, type Window } from "./honest";

/** One unit is an attack beside honest traffic. */
export const oversize: Campaign = {
  name: "oversize",
  about:
    "bodies that are too large, too slow or a lie come from a hundred or a thousand senders beside honest ones (S15)",
  unit: "attacks",
  usualCount: attacks.length,
  partSize: 1,
  async open({ serverUrl }) {
    log.level = "silent";
    const build = await buildWeb();
    const shop = await openShop(serverUrl);
    const attacker = fork("chaos/oversize/attacker.ts", { execArgv: ["--import", "tsx"] });
    return {
      async runPart({ index }) {
        await shop.sql`truncate payments, notification_bodies cascade`;
        const attack = attacks[index % attacks.length];
        if (!attack) throw new RangeError("There is no attack.");
        return withstand(shop, { label: `O${index}`, attack, build, attacker });
      },
      async close() {
        attacker.kill("SIGKILL");
        await shop.close();
      },
    };
  },
};

type Plan = { label: string; attack: Attack; build: string; attacker: ChildProcess };

const warmUpSeconds = 10;
const calmSeconds = 6;
/** Short attacks are repeated for so long, or the honest messages beside them would be too few to say anything. */
const attackSeconds = 8;

/** A web process of its own for each attack: what one left in memory must not hide what the next one takes. */
async function withstand(shop: Shop, { label, attack, build, attacker }: Plan): Promise<PartResult> {
  const port = await freePort();
  const web = await startWeb(port, build);
  const honest = startHonestTraffic(shop, { port, label });
  const target = { port, path: pathOf(shop) };
  const { name, fits, mostMb = 20 } = attack;
  const broken: Broken[] = [];
  const figures: Figures = { attacks: 1 };
  try {
    await honest.hurry(warmUpSeconds);
    const calm = await watch(web, honest, () => pause(calmSeconds));
    const before = await watch(web, honest, () => pause(calmSeconds));
    const during = await watch(web, honest, () => order(attacker, { attack: name, target, seconds: attackSeconds }));
    const after = await watch(web, honest, () => pause(calmSeconds));
    const usualMs = quantile(
      [calm, before, after].flatMap(({ window }) => window.tookMs),
      0.95,
    );
    const slowdown = quantile(during.window.tookMs, 0.95) / usualMs;
    const growthMb = during.mostMb - Math.max(calm.mostMb, before.mostMb);
    const { endings, megabytes } = during.outcome;
    const odd = Object.entries(endings).filter(([said]) => !fits.includes(said));
    const refusals = [...new Set(during.window.refusals)];
    Object.assign(figures, {
      [`${name}: senders`]: Object.values(endings).reduce((sum, count) => sum + count, 0),
      [`${name}: MB got rid of`]: megabytes,
      [`most memory while ${name}, MB more`]: growthMb,
      [`longest honest answer (p95) while ${name}, times`]: slowdown,
      "most memory while nothing happens, MB more": before.mostMb - calm.mostMb,
    });
    const claim = (invariant: string, detail: string, holds: boolean) => {
      if (!holds) broken.push({ invariant, detail: `${name}: ${detail}` });
    };
    claim(
      "who sends too much, too slowly or nonsense is told so or cut off",
      JSON.stringify(Object.fromEntries(odd)),
      odd.length === 0,
    );
    claim("honest messages are taken meanwhile", refusals.join(), refusals.length === 0);
    claim("memory grows by a little at most", `${growthMb.toFixed(1)} of ${mostMb} MB`, growthMb <= mostMb);
    const ratio = `${slowdown.toFixed(2)} times ${usualMs.toFixed(1)} ms`;
    claim("honest messages take twice as long at most", ratio, slowdown <= 2);
  } finally {
    await honest.finish();
    await end(web, "SIGKILL");
  }
  figures["honest messages answered success"] = honest.acknowledged.size;
  const oracle = [...(await compareLedger(shop, honest.acknowledged)), ...(await brokenInvariants(shop.sql))];
  return { figures, broken: [...broken, ...oracle] };
}

type Seen<Outcome> = { outcome: Outcome; window: Window; mostMb: number };

async function watch<Outcome>(
  web: Program,
  honest: HonestTraffic,
  work: () => Promise<Outcome>,
): Promise<Seen<Outcome>> {
  const memory = watchMemory(web);
  const listening = honest.listen();
  const outcome = await work();
  return { outcome, window: listening.close(), mostMb: memory.most() };
}

async function order(attacker: ChildProcess, what: Order): Promise<Tally> {
  const heard = once(attacker, "message");
  attacker.send(what);
  const [tally] = (await heard) as [Tally];
  return tally;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}
