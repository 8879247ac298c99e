import { log } from "@/lib/log/log";
import { buildWeb } from "@/scripts/start/build.mjs";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { brokenInvariants } from "../oracle/invariants";
import { compareLedger } from "../processes/messages";
import { end, type Program, startDoor, startWeb } from "../processes/program";
import { openShop, type Shop } from "../shop/shop";
import { type Stream, startStream } from "./stream";

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
      const start = (port: number) => (build === null ? startDoor(port) : startWeb(port, build));
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

async function roll(shop: Shop, start: (port: number) => Promise<Program>, plan: Plan): Promise<PartResult> {
  const ports = [await freePort(), await freePort()];
  const crew = await Promise.all(ports.map(async (port) => ({ port, program: await start(port) })));
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
      one.program = await start(one.port);
    }
    await stream.finish();
  } finally {
    stream.stop();
    await Promise.all(crew.map(({ program }) => end(program, "SIGKILL")));
  }
  const accepted = await acceptedOf(shop, stream);
  if (accepted.length > 0) {
    const detail = `${accepted.length} were not, such as ${JSON.stringify(accepted[0])}`;
    broken.push({ invariant: "every request that was taken is answered", detail });
  }
  const unread = stream.resets.filter((reset) => !accepted.includes(reset));
  figures["cut off unread, on a new connection"] = unread.filter(({ isReused }) => !isReused).length;
  figures["cut off unread, on an open connection"] = unread.filter(({ isReused }) => isReused).length;
  Object.assign(figures, stream.figures());
  const oracle = [...(await compareLedger(shop, stream.acknowledged)), ...(await brokenInvariants(shop.sql))];
  return { figures, broken: [...broken, ...oracle] };
}

/**
 * What was cut off although the process had taken it: stored already when it came again. A request that was still on its
 * way when an unused connection was closed is not among them; it is counted, and nothing of it was done.
 */
async function acceptedOf({ sql }: Shop, { resets }: Stream): Promise<Stream["resets"]> {
  const orders = resets.map(({ orderNo }) => orderNo);
  const rows = await sql<{ orderNo: string }[]>`
    select order_no as "orderNo" from notifications where order_no = any(${orders}) and deliveries > 1`;
  const stored = new Set(rows.map(({ orderNo }) => orderNo));
  return resets.filter(({ orderNo }) => stored.has(orderNo));
}
