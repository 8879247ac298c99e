import { monitorEventLoopDelay } from "node:perf_hooks";
import { log } from "@/lib/log/log";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { inParallel } from "../orders-of-messages/subjects";
import { recover } from "../shop/recover";
import { openSandboxedShop } from "../shop/sandboxed-shop";
import { type Cell, type CellCheck, enter, operations, type Scene, settleAll } from "./cells";
import { shortenDeadlines } from "./deadline";
import { startSpoiler } from "./spoiler";
import { spoils } from "./spoils";

const cells: readonly Cell[] = operations.flatMap((operation) =>
  spoils.flatMap((spoil) => [true, false].map((isExecuted) => ({ operation, spoil, isExecuted }))),
);

/** Every fault at every operation, before and after it was executed. */
export const gatewayFaults = gatewayFaultsWith({ deadlineMs: 3_000, isTimed: true });

/** @param isTimed  also holds the calls against their deadline, which a busy machine cannot always keep */
export function gatewayFaultsWith({ deadlineMs, isTimed }: { deadlineMs: number; isTimed: boolean }): Campaign {
  return {
    name: "gateway-faults",
    about: "every fault of the network and the gateway at every operation, before and after executing (R6)",
    unit: "cells",
    usualCount: cells.length * 3,
    partSize: spoils.length * 2,
    async open({ serverUrl }) {
      let sandboxUrl = "";
      const spoiler = await startSpoiler(() => sandboxUrl);
      const shop = await openSandboxedShop(serverUrl, {
        isSilent: true,
        through: (url) => {
          sandboxUrl = url;
          return spoiler.url;
        },
      });
      log.level = "silent";
      const restore = shortenDeadlines(deadlineMs);
      const scene: Scene = { shop, spoiler, operator: await shop.scopeOf("operator") };
      return {
        async runPart({ index, size }) {
          await shop.forgetOrders();
          const first = index * spoils.length * 2;
          const chosen = Array.from({ length: size }, (_, at) => cells[(first + at) % cells.length]);
          return throughCells(
            scene,
            chosen.flatMap((cell) => cell ?? []),
            `${index}`,
            isTimed ? deadlineMs : null,
          );
        },
        close: async () => {
          restore();
          await shop.close();
          await spoiler.stop();
        },
      };
    },
  };
}

async function throughCells(
  scene: Scene,
  chosen: readonly Cell[],
  label: string,
  deadlineMs: number | null,
): Promise<PartResult> {
  const pauses = monitorEventLoopDelay({ resolution: 10 });
  pauses.enable();
  const small = chosen.filter(({ spoil }) => !spoil.isLarge);
  const large = chosen.filter(({ spoil }) => spoil.isLarge);
  const checks: CellCheck[] = await inParallel(small, (cell, at) => enter(scene, cell, labelOf(`F${label}`, at)));
  // Alone and one after the other: their memory is looked at.
  let peak = 0;
  for (const [at, cell] of large.entries()) {
    const { growth, value } = await watchMemory(() => enter(scene, cell, labelOf(`L${label}`, at)));
    checks.push(value);
    peak = Math.max(peak, growth);
  }
  scene.spoiler.clear();
  settleAll(scene);
  await recover(scene.shop, { passTime: scene.shop.passTime });
  const broken: Broken[] = [];
  for (const { label: detail, atOnce, atLast } of checks) {
    broken.push(...unless(atOnce, "after a fault the outcome is open, and nothing is called failed", detail));
    broken.push(...unless(await atLast(), "asking resolves what a fault left open", detail));
  }
  const longest = await longestCall(scene);
  const late = await longestCall(scene, ["timed-out"]);
  pauses.disable();
  const pause = Math.round(pauses.max / 1e6);
  const figures: Figures = {
    cells: chosen.length,
    "longest call of all, ms": longest,
    "longest call that ended by its deadline, ms": late,
    "longest pause that this machine made, ms": pause,
    "most memory for a flood, MB": peak,
  };
  // A timer cannot ring while the machine lets this process wait.
  if (deadlineMs !== null && late > deadlineMs * 1.2 + pause) {
    broken.push({
      invariant: "each call ends within 1.2 times its deadline",
      detail: `${late} ms of ${deadlineMs} ms`,
    });
  }
  if (deadlineMs !== null && peak > 20) {
    broken.push({ invariant: "a flood takes at most 20 MB of memory", detail: `${peak} MB` });
  }
  const oracle = [
    ...(await brokenInvariants(scene.shop.sql)),
    ...(await compareBooks(scene.shop.sql, scene.shop.book())),
  ];
  return { figures, broken: [...broken, ...oracle] };
}

/** Of one length: a fault is for whoever names a number, and no number may be the beginning of another. */
function labelOf(part: string, at: number): string {
  return `${part}-${String(at).padStart(3, "0")}`;
}

function unless(seen: { is: string; mayBe: readonly string[] }, invariant: string, detail: string): Broken[] {
  if (seen.mayBe.includes(seen.is)) return [];
  return [{ invariant, detail: `${detail}: ${seen.is} instead of ${seen.mayBe.join(" or ")}` }];
}

async function longestCall({ shop }: Scene, outcomes: readonly string[] | null = null): Promise<number> {
  const [row] = await shop.sql<{ longest: number | null }[]>`
    select max(duration_ms) as longest from gateway_calls
    where ${outcomes === null} or outcome = any(${[...(outcomes ?? [])]})`;
  return row?.longest ?? 0;
}

/** How far the memory of this process rises above where it began, in MB. */
async function watchMemory<Value>(work: () => Promise<Value>): Promise<{ growth: number; value: Value }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 5);
  try {
    const value = await work();
    look();
    return { growth: Math.round((most - before) / 2 ** 20), value };
  } finally {
    clearInterval(timer);
  }
}
