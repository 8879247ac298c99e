import { log } from "@/lib/log/log";
import { buildWeb } from "@/scripts/start/build.mjs";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { brokenInvariants } from "../oracle/invariants";
import { compareLedger } from "../processes/messages";
import { end, type Harness, type Program, startDoor, startWeb } from "../processes/program";
import { openShop, type Shop } from "../shop/shop";
import { type Judgement, openNotes } from "./connections";
import { startStream } from "./stream";

/** One unit is a restart of one of two web processes under load. */
export const restarts: Campaign = restartsWith({ partSize: 10, isWhole: true });

/** @param extent  `isWhole`: the web process with the framework, which must be built for it; else the notify path alone */
export function restartsWith({ partSize, isWhole }: { partSize: number; isWhole: boolean }): Campaign {
  return {
    name: "restarts",
    about: "two web processes are stopped and started in turn while messages pour in (R15)",
    unit: "restarts",
    usualCount: 50,
    partSize,
    async open({ serverUrl }) {
      log.level = "silent";
      const build = isWhole ? await buildWeb() : null;
      const shop = await openShop(serverUrl);
      const start = (port: number, harness: Harness) =>
        build === null ? startDoor(port, harness) : startWeb(port, build, harness);
      return {
        async runPart({ index, size, seed }) {
          await shop.sql`truncate payments, notification_bodies cascade`;
          return roll(shop, start, { label: `S${index}`, restarts: size, random: randomFrom(seed) });
        },
        close: () => shop.close(),
      };
    },
  };
}

type Plan = { label: string; restarts: number; random: Random };

type Start = (port: number, harness: Harness) => Promise<Program>;

async function roll(shop: Shop, start: Start, plan: Plan): Promise<PartResult> {
  const ports = [await freePort(), await freePort()];
  const notes = openNotes();
  const begin = (port: number) => start(port, notes.next(port));
  const crew = await Promise.all(ports.map(async (port) => ({ port, program: await begin(port) })));
  const stream = startStream(shop, { ports, label: plan.label });
  const broken: Broken[] = [];
  const figures: Figures = { restarts: plan.restarts };
  try {
    for (let restart = 0; restart < plan.restarts; restart += 1) {
      const one = crew[restart % crew.length];
      if (!one) break;
      await stream.untilMore(1 + plan.random.below(600));
      const began = performance.now();
      const { code, signal } = await end(one.program, "SIGTERM");
      figures["longest stop, ms"] = Math.max(figures["longest stop, ms"] ?? 0, performance.now() - began);
      if (code !== 0) broken.push({ invariant: "a stop ends properly", detail: `${signal ?? code}` });
      one.program = await begin(one.port);
    }
    await stream.finish();
  } finally {
    stream.stop();
    await Promise.all(crew.map(({ program }) => end(program, "SIGKILL")));
  }
  const judged = stream.resets.map((reset) => ({ ...reset, is: notes.judge(reset) }));
  notes.close();
  const claim = (invariant: string, is: Judgement) => {
    const failed = judged.filter((reset) => reset.is === is);
    if (failed.length > 0) broken.push({ invariant, detail: `${failed.length}, such as ${JSON.stringify(failed[0])}` });
  };
  claim("every request is answered of which the process has read anything", "read");
  claim("every request is answered that was sent before the process stopped to listen", "waiting");
  claim("a connection that was in use a moment ago is not closed under a request", "cut off");
  figures["met the close of an unused connection"] = judged.filter(({ is }) => is === "late").length;
  Object.assign(figures, stream.figures());
  const oracle = [...(await compareLedger(shop, stream.acknowledged)), ...(await brokenInvariants(shop.sql))];
  return { figures, broken: [...broken, ...oracle] };
}
