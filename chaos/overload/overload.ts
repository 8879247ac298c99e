import { log } from "@/lib/log/log";
import { buildWeb } from "@/scripts/start/build.mjs";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { brokenInvariants } from "../oracle/invariants";
import { compareLedger } from "../processes/messages";
import { openOwnServer } from "../processes/own-server";
import { end, startWeb } from "../processes/program";
import { quantile } from "../processes/quantile";
import { openShop, type Shop } from "../shop/shop";
import { type Answers, type Crowd, openCrowd } from "./crowd";
import { openVisitor } from "./visitor";

/** One unit is a flood of a minute: the first by senders who insist, the next by messages that do not wait for answers. */
export const overload: Campaign = {
  name: "overload",
  about: "ten times the messages that can be taken, for a minute, while somebody looks at pages (R14)",
  unit: "floods",
  usualCount: 2,
  partSize: 1,
  async open() {
    log.level = "silent";
    const build = await buildWeb();
    const server = await openOwnServer();
    const shop = await openShop(server.url, { isDurable: true });
    return {
      async runPart({ index }) {
        await shop.sql`truncate payments, notification_bodies cascade`;
        return flood(shop, { label: `F${index}`, kind: index % 2 === 0 ? "closed loop" : "open loop", build });
      },
      async close() {
        await shop.close();
        await server.close();
      },
    };
  },
};

type Plan = { label: string; kind: "closed loop" | "open loop"; build: string };

const usualConnections = 16;
const measureSeconds = 10;
const floodSeconds = 60;
/** Ten times as many as the product stores and lets wait at once. They think for so long that ten times the rate comes. */
const insistingConnections = 2_640;
/** More would only wait in front of each other: a machine that answers nobody for a second has lost already. */
const mostUnanswered = 4_000;
const times = 10;

async function flood(shop: Shop, { label, kind, build }: Plan): Promise<PartResult> {
  const port = await freePort();
  const web = await startWeb(port, build);
  const crowd = await openCrowd(shop, { port, label });
  const visitor = await openVisitor(shop, port);
  const broken: Broken[] = [];
  const figures: Figures = { floods: 1 };
  const claim = (invariant: string, detail: string, holds: boolean) => {
    if (!holds) broken.push({ invariant, detail: `${kind}: ${detail}` });
  };
  try {
    await crowd.insist(usualConnections, 0, measureSeconds);
    const idle = await visitor.lookWhile(pause(measureSeconds * 1_000));
    const calmMs = quantile(
      (await crowd.pour(calmPerSecond, usualConnections, measureSeconds)).answers.map(tookMs),
      0.95,
    );
    const full = await visitor.lookWhile(crowd.insist(usualConnections, 0, measureSeconds));
    const sustainable = taken(full.outcome).length / measureSeconds;
    const during = await visitor.lookWhile(
      kind === "closed loop"
        ? crowd.insist(insistingConnections, (1_000 * insistingConnections) / (times * sustainable), floodSeconds)
        : crowd.pour(times * sustainable, mostUnanswered, floodSeconds),
    );
    const backMs = await untilCalm(crowd, calmMs);
    const { answers, failures, unsent } = during.outcome;
    const refused = answers.filter(({ status }) => status === 503);
    const odd = answers.filter(({ status, said }) => status !== 503 && !(status === 200 && said === "success"));
    const p95 = (values: number[]) => Math.round(quantile(values, 0.95));
    Object.assign(figures, {
      [`${kind}: most taken at its usual best, per second`]: sustainable,
      [`${kind}: most sent, times that`]: answers.length / floodSeconds / sustainable,
      [`${kind}: not sent, because everybody waited`]: unsent,
      [`${kind}: answered success`]: taken(during.outcome).length,
      [`${kind}: refused`]: refused.length,
      [`longest success of the ${kind} (p95), ms`]: p95(taken(during.outcome).map(tookMs)),
      [`longest refusal of the ${kind} (p95), ms`]: p95(refused.map(tookMs)),
      [`longest way back from the ${kind}, ms`]: backMs,
      [`${kind}: most pages seen`]: during.tookMs.length,
      "longest page with nothing to do (p95), ms": p95(idle.tookMs),
      "longest page at its usual best (p95), ms": p95(full.tookMs),
      [`longest page in the ${kind} (p95), ms`]: p95(during.tookMs),
    });
    claim("everybody is answered", `${failures} were not`, failures === 0);
    claim("an answer is success or try again", JSON.stringify(odd[0]), odd.length === 0);
    claim("there is more than can be taken", "nothing was refused", refused.length > 0);
    claim(
      "a refusal takes a second at most (p95)",
      `${p95(refused.map(tookMs))} ms`,
      p95(refused.map(tookMs)) <= 1_000,
    );
    claim(
      "pages are there",
      [...new Set([...idle.odd, ...full.odd, ...during.odd])].join(),
      idle.odd.length + full.odd.length + during.odd.length === 0,
    );
    const idleMs = p95(idle.tookMs);
    const slower = (what: string, tookMs: number, mostMs: number) =>
      claim(what, `${tookMs} ms (p95) instead of ${idleMs}`, tookMs <= mostMs);
    slower(
      "a page takes 2.5 times as long at most while all is taken",
      p95(full.tookMs),
      Math.max(1_000, 2.5 * idleMs),
    );
    slower("a page takes two seconds at most in a flood", p95(during.tookMs), Math.max(2_000, 5 * idleMs));
    claim("it is as before after five seconds", `${Math.round(backMs)} ms`, backMs <= 5_000);
  } finally {
    crowd.close();
    visitor.close();
    await end(web, "SIGKILL");
  }
  const oracle = [...(await compareLedger(shop, crowd.acknowledged)), ...(await brokenInvariants(shop.sql))];
  return { figures, broken: [...broken, ...oracle] };
}

/** Far below what it can take: what a message costs when nothing keeps it waiting. */
const calmPerSecond = 20;
const mostBackMs = 60_000;

/** Milliseconds until a second has passed in which everything was taken, and hardly slower than before. */
async function untilCalm(crowd: Crowd, calmMs: number): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < mostBackMs) {
    const beginning = performance.now();
    const seen = await crowd.pour(calmPerSecond, usualConnections, 1);
    const isTaken = taken(seen).length === seen.answers.length && seen.failures === 0;
    if (isTaken && quantile(seen.answers.map(tookMs), 0.5) <= 2 * calmMs) return beginning - began;
  }
  return Number.POSITIVE_INFINITY;
}

function taken({ answers }: Answers): Answers["answers"] {
  return answers.filter(({ status, said }) => status === 200 && said === "success");
}

function tookMs({ tookMs: milliseconds }: { tookMs: number }): number {
  return milliseconds;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
