import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { removeDataFolder, startEmbeddedPostgres } from "@/scripts/start/embedded-postgres.mjs";
import { commandOf, until } from "@/scripts/start/waiting.mjs";

/** A database server of a campaign's own, as durable as in production, that may be killed. */
export type OwnServer = {
  url: string;
  /** Every process of it at once, as when a machine stops; what the operating system has taken for the disk stays. */
  kill(): Promise<void>;
  /** Brings it back at the same address. */
  start(): Promise<void>;
  /** Every process of it stands still: nobody is cut off, and nobody hears anything. */
  freeze(): void;
  thaw(): void;
  /** As an administrator stops it: who is connected is cut off. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

export async function openOwnServer(): Promise<OwnServer> {
  const dataDir = fs.mkdtempSync(path.join(tmpdir(), "countersign-chaos-server-"));
  let server = await startEmbeddedPostgres({ dataDir });
  const { port } = server;
  const signal = (by: NodeJS.Signals): number[] => {
    const family = [server.pid, ...childrenOf(server.pid)];
    for (const pid of family) signalOne(pid, by);
    return family;
  };
  return {
    url: server.url("postgres"),
    async kill() {
      const family = signal("SIGKILL");
      // One whose parent is gone may stay in the list of processes, without a command.
      await until(() => family.every((pid) => commandOf(pid) === "") || undefined, 30_000);
    },
    freeze: () => void signal("SIGSTOP"),
    thaw: () => void signal("SIGCONT"),
    async start() {
      server = await startEmbeddedPostgres({ dataDir, port });
    },
    stop: () => server.stop(),
    async close() {
      await server.stop();
      removeDataFolder(dataDir);
    },
  };
}

function signalOne(pid: number, by: NodeJS.Signals): void {
  try {
    process.kill(pid, by);
  } catch {
    // It ended by itself between the look and the signal.
  }
}

/** Source: proc_pid_stat(5). The name in parentheses may hold anything, so the fields are counted after it. */
function childrenOf(parent: number): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}
