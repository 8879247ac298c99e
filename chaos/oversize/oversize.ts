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
import type { Target } from "./shot";

/** One unit is an attack beside honest traffic. */
export const oversize: Campaign = {
  name: "oversize",
  about:
    "bodies that are too large, too slow or a lie come from a hundred or a thousand senders beside honest ones (S15)",
  unit: "attacks",
  usualCount: attacks.length,
  partSize: attacks.length,
  async open({ serverUrl }) {
    log.level = "silent";
    const build = await buildWeb();
    const shop = await openShop(serverUrl);
    const attacker = fork("chaos/oversize/attacker.ts", { execArgv: ["--import", "tsx"] });
    return {
      async runPart({ index, size }) {
        await shop.sql`truncate payments, notification_bodies cascade`;
        return withstand(shop, { label: `O${index}`, chosen: attacks.slice(0, size), build, attacker });
      },
      async close() {
        attacker.kill("SIGKILL");
        await shop.close();
      },
    };
  },
};

type Plan = { label: string; chosen: readonly Attack[]; build: string; attacker: ChildProcess };

const calmSeconds = 6;
/** Short attacks are repeated for so long, or the honest messages beside them would be too few to say anything. */
const attackSeconds = 6;
const usualMostMb = 20;

async function withstand(shop: Shop, { label, chosen, build, attacker }: Plan): Promise<PartResult> {
  const acknowledged = new Map<string, string>();
  const figures: Figures = { attacks: chosen.length };
  const broken: Broken[] = [];
  let stage: Stage | null = null;
  try {
    for (const [place, attack] of chosen.entries()) {
      stage ??= await openStage(shop, { label: `${label}-${place}`, build, acknowledged });
      const { name, fits, mostMb = usualMostMb } = attack;
      const { endings, megabytes, growthMb, slowdown, usualMs, refusals } = await face(stage, attacker, attack);
      Object.assign(figures, {
        [`${name}: senders`]: Object.values(endings).reduce((sum, count) => sum + count, 0),
        [`${name}: MB got rid of`]: megabytes,
        [`most memory while ${name}, MB more`]: growthMb,
        [`longest honest answer (p95) while ${name}, times`]: slowdown,
      });
      const claim = (invariant: string, detail: string, holds: boolean) => {
        if (!holds) broken.push({ invariant, detail: `${name}: ${detail}` });
      };
      const odd = Object.entries(endings).filter(([said]) => !fits.includes(said));
      const told = JSON.stringify(Object.fromEntries(odd));
      claim("who sends too much, too slowly or nonsense is told so or cut off", told, odd.length === 0);
      const isAnyTold = fits.some((said) => said !== "cut off" && said in endings) || fits.length === 1;
      claim("who sends too much, too slowly or nonsense is told so", JSON.stringify(endings), isAnyTold);
      claim("honest messages are taken meanwhile", refusals.join(), refusals.length === 0);
      claim("memory grows by a little at most", `${growthMb.toFixed(1)} of ${mostMb} MB`, growthMb <= mostMb);
      const ratio = `${slowdown.toFixed(2)} times ${usualMs.toFixed(1)} ms`;
      claim("honest messages take twice as long at most", ratio, slowdown <= 2);
      if (growthMb <= mostMb) continue;
      // What it left in memory would hide what the next one takes.
      await stage.close();
      stage = null;
    }
  } finally {
    await stage?.close();
  }
  figures["honest messages answered success"] = acknowledged.size;
  const oracle = [...(await compareLedger(shop, acknowledged)), ...(await brokenInvariants(shop.sql))];
  return { figures, broken: [...broken, ...oracle] };
}

type Faced = Tally & { growthMb: number; slowdown: number; usualMs: number; refusals: string[] };

async function face(stage: Stage, attacker: ChildProcess, { name }: Attack): Promise<Faced> {
  const { web, honest, target } = stage;
  const before = await watch(web, honest, () => pause(calmSeconds));
  stage.usualMb = Math.max(stage.usualMb, before.mostMb);
  const during = await watch(web, honest, () => order(attacker, { attack: name, target, seconds: attackSeconds }));
  const after = await watch(web, honest, () => pause(calmSeconds));
  const usualMs = quantile([...before.window.tookMs, ...after.window.tookMs], 0.95);
  return {
    ...during.outcome,
    growthMb: during.mostMb - stage.usualMb,
    slowdown: quantile(during.window.tookMs, 0.95) / usualMs,
    usualMs,
    refusals: [...new Set(during.window.refusals)],
  };
}

/** `usualMb`: the most that was held while nobody attacked. */
type Stage = { web: Program; honest: HonestTraffic; target: Target; usualMb: number; close(): Promise<void> };

const warmUpSeconds = 5;
const mostWarmUps = 20;
const settledMb = 3;

/** A web process whose memory has stopped growing by itself, and honest senders. */
async function openStage(
  shop: Shop,
  { label, build, acknowledged }: { label: string; build: string; acknowledged: Map<string, string> },
): Promise<Stage> {
  const port = await freePort();
  const web = await startWeb(port, build);
  const honest = startHonestTraffic(shop, { port, label, acknowledged });
  let usualMb = 0;
  for (let round = 0; round < mostWarmUps; round += 1) {
    const { mostMb } = await watch(web, honest, () => honest.hurry(warmUpSeconds));
    const isSettled = mostMb - usualMb < settledMb;
    usualMb = Math.max(usualMb, mostMb);
    if (isSettled) break;
  }
  const close = async () => {
    await honest.finish();
    await end(web, "SIGKILL");
  };
  return { web, honest, target: { port, path: pathOf(shop) }, usualMb, close };
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
