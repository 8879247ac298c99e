import { type ChildProcess, spawn } from "node:child_process";
import { addressFor } from "./ledger";

/** A real worker process, known to the database by its name. */
export type Worker = { name: string; process: ChildProcess };

let hired = 0;

/** A worker as production starts it. */
export function hire(databaseUrl: string): Worker {
  hired += 1;
  const name = `worker-${hired}`;
  const env = { ...process.env, DATABASE_URL: addressFor(databaseUrl, name) };
  const stdio = ["ignore", "ignore", "inherit"] as const;
  return { name, process: spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], { stdio: [...stdio], env }) };
}

export async function dismiss({ process: worker }: Worker): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  // Also one that is still frozen.
  worker.kill("SIGKILL");
  await ended;
}
