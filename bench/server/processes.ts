import fs from "node:fs";
import { cleanEnvironment } from "@/scripts/start/clean-environment.mjs";
import { freePort } from "@/scripts/start/ports.mjs";
import { answers, supervisor } from "@/scripts/start/processes.mjs";
import type { Ends } from "./ends";

/** A server whose answers and processor time are measured. */
export type BenchServer = { url: string; cpuSeconds: () => number };

/**
 * Starts a server on a free port and waits until it answers.
 *
 * @param program  Node's arguments for a port
 */
export async function startServer(
  {
    name,
    program,
    env,
    ready,
  }: { name: string; program: (port: number) => string[]; env: Record<string, string>; ready: string },
  ends: Ends,
): Promise<BenchServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let pids: Record<string, number | undefined> = {};
  const parts = supervisor({
    onLoss: () => {},
    onChange: (now) => {
      pids = now;
    },
  });
  ends.push(() => parts.stop());
  parts.start({
    name,
    program: program(port),
    env: { ...cleanEnvironment(), NODE_ENV: "production", PORT: String(port), ...env },
    isRestarted: false,
  });
  if (!(await answers(`${url}${ready}`, () => parts.isRunning(name)))) throw new Error(`${name} does not answer`);
  const pid = pids[name];
  if (pid === undefined) throw new Error(`${name} has ended`);
  return { url, cpuSeconds: () => cpuSecondsOf(pid) };
}

// What the kernel counts processor time in, on every Linux that Node runs on.
const ticksPerSecond = 100;

/** Processor time of a process and everything it started, user and system, since its start. */
function cpuSecondsOf(pid: number): number {
  const processes = fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(name) ?? []);
  const family = new Set([pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const each of processes) if (family.has(each.parent)) family.add(each.pid);
  }
  const ticks = processes.filter((each) => family.has(each.pid)).reduce((sum, each) => sum + each.ticks, 0);
  return ticks / ticksPerSecond;
}

/** Source: proc_pid_stat(5). The name in parentheses may hold anything, so the fields are counted after it. */
function readStat(pid: string): { pid: number; parent: number; ticks: number } | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}
