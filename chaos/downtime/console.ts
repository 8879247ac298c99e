import { end, type Program, startDoor } from "../processes/program";
import type { SandboxedShop } from "../shop/sandboxed-shop";
import { dismiss, hire, type Worker } from "../workers/crew";
import { standing } from "../workers/ledger";

/** Everything of ours that runs: the worker, and where the gateway's messages arrive. */
export type Console = {
  /** Waits until the worker has nothing more to ask for now. @returns false when it does not get there */
  settled(): Promise<boolean>;
  /** At once, and in the middle of whatever it does. */
  goDown(): Promise<void>;
};

export async function startConsole(shop: SandboxedShop, port: number): Promise<Console> {
  const door: Program = await startDoor(port);
  const worker: Worker = hire(shop.databaseUrl);
  return {
    settled: () => settled(shop, worker),
    async goDown() {
      await Promise.all([dismiss(worker), end(door, "SIGKILL")]);
    },
  };
}

/** A worker that has begun and ended nothing for so long is stuck, however slow the machine is. */
const patienceMs = 90_000;
const glanceMs = 50;

async function settled({ sql }: SandboxedShop, { name }: Worker): Promise<boolean> {
  let latest = "";
  let since = performance.now();
  for (;;) {
    const { due, claims } = await standing(sql);
    if (due === 0 && !claims.has(name)) return true;
    const [turn] = await sql<{ no: string | null }[]>`select max(no)::text as no from sim.turns`;
    if (turn?.no !== latest) {
      latest = turn?.no ?? "";
      since = performance.now();
    }
    if (performance.now() - since > patienceMs) return false;
    await pause(glanceMs);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
