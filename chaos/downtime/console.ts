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

/** The longest due question is asked first: one that stays it for so long is not asked, however slow the machine is. */
const patienceMs = 90_000;
const glanceMs = 50;

async function settled({ sql }: SandboxedShop, { name }: Worker): Promise<boolean> {
  let oldest = "";
  let since = performance.now();
  for (;;) {
    const { due, claims } = await standing(sql);
    if (due === 0 && !claims.has(name)) return true;
    const [first] = await sql<{ at: string | null }[]>`
      select min(next_ask_at)::text as at from (
        select next_ask_at from payments where next_ask_at is not null
        union all select next_ask_at from refunds where next_ask_at is not null
      ) as question`;
    if (first?.at !== oldest) {
      oldest = first?.at ?? "";
      since = performance.now();
    }
    if (performance.now() - since > patienceMs) return false;
    await pause(glanceMs);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
