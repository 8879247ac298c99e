import { type ChildProcess, spawn } from "node:child_process";
import { answers, tsProgram, webProgram } from "@/scripts/start/processes.mjs";

/** A real process of the product. */
export type Program = { process: ChildProcess };

/** What a harness loads before a program, and the settings that tell it what to do. */
export type Harness = { module: string; env: Record<string, string> };

/** The part of the web process that the gateway meets, on a port of 127.0.0.1; resolves when it listens. */
export async function startDoor(port: number, harness?: Harness): Promise<Program> {
  const program = startProgram(tsProgram("web/testing/door-alone.ts"), { PORT: String(port) }, harness);
  await new Promise<void>((resolve, reject) => {
    program.process.once("message", () => resolve());
    program.process.once("exit", (code, signal) => reject(new Error(`the door ended with ${signal ?? code}`)));
  });
  return program;
}

/**
 * The whole web process, as `npm run web` starts it; resolves when it is ready.
 *
 * @param build  the folder that holds the framework's build
 */
export async function startWeb(port: number, build: string, harness?: Harness): Promise<Program> {
  const env = { PORT: String(port), NODE_ENV: "production", NEXT_DIST_DIR: build, NEXT_TELEMETRY_DISABLED: "1" };
  const web = startProgram(webProgram("127.0.0.1"), env, harness);
  const isRunning = () => web.process.exitCode === null && web.process.signalCode === null;
  const isReady = await answers(`http://127.0.0.1:${port}/api/ready`, isRunning, (status) => status === 200);
  if (!isReady) throw new Error("the web process does not get ready");
  return web;
}

/** A worker as production starts it. */
export function startWorker(): Program {
  return startProgram(tsProgram("worker/main.ts"), {});
}

/** @param env  beside what this process has; the product's settings are in there */
function startProgram(program: string[], env: Record<string, string>, harness?: Harness): Program {
  const first = harness === undefined ? [] : ["--import", harness.module];
  const child = spawn(process.execPath, ["--import", guard, ...first, ...program], {
    env: { ...process.env, ...env, ...harness?.env, COUNTERSIGN_PARENT: String(process.pid) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return { process: child };
}

/** @returns how it ended */
export async function end(
  { process: child }: Program,
  by: NodeJS.Signals,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(by);
    await ended;
  }
  return { code: child.exitCode, signal: child.signalCode };
}

const guard = new URL("../../scripts/start/orphan-guard.mjs", import.meta.url).href;
