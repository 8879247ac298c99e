// @ts-check
import { spawn } from "node:child_process";
import path from "node:path";
import { complain, passOn, say } from "./say.mjs";
import { until } from "./waiting.mjs";

export const nextProgram = [path.join("node_modules", "next", "dist", "bin", "next")];

/**
 * The web process, as it runs in production and in tests.
 *
 * @param {string | null} host  the address to listen on; null: every one of this machine
 */
export const webProgram = (host) => [...tsProgram("web/main.ts"), ...(host === null ? [] : ["--host", host])];

/** A TypeScript program of ours. @param {string} file */
export const tsProgram = (file) => ["--import", "tsx", file];

const guard = new URL("./orphan-guard.mjs", import.meta.url).href;

/** @param {NodeJS.ProcessEnv} env */
const withGuard = (env) => ({ ...env, COUNTERSIGN_PARENT: String(process.pid) });

/**
 * @typedef {object} Part  one long-running process of the product
 * @property {string} name
 * @property {string[]} program  arguments for Node
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRestarted  is read when it ends; false: without it the product is down
 */

/**
 * Runs a program to its end, with its output passed on.
 *
 * @param {string} name
 * @param {string[]} program
 * @param {string[]} rest
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} [signal]  ends it early; then the promise is rejected
 * @returns {Promise<number>} its exit code
 */
export function runToEnd(name, program, rest, env, signal) {
  const child = spawn(process.execPath, ["--import", guard, ...program, ...rest], {
    env: withGuard(env),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    ...(signal ? { signal } : {}),
  });
  passOn(name, child.stdout);
  passOn(name, child.stderr);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a program in our place: it has our input and output, and a signal to us reaches it once.
 *
 * @param {string[]} program
 * @param {string[]} rest
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export function foreground(program, rest, env) {
  const child = spawn(process.execPath, ["--import", guard, ...program, ...rest], {
    env: withGuard(env),
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  // A Ctrl-C of the terminal reaches the child by itself.
  process.on("SIGINT", () => {});
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGTERM" ? 143 : 1)));
  });
}

/**
 * Starts the parts of the product and keeps them running.
 *
 * They are started detached, so that Ctrl-C reaches only us and we decide the order of the end, and with a channel to
 * us, so that they notice when we are killed.
 *
 * @param {object} options
 * @param {(name: string) => void} options.onLoss  a part ended that is not restarted
 * @param {(pids: Record<string, number | undefined>) => void} options.onChange  a part was started
 */
export function supervisor({ onLoss, onChange }) {
  /** @type {Map<string, import("node:child_process").ChildProcess>} */
  const running = new Map();
  /** @type {Set<NodeJS.Timeout>} */
  const waiting = new Set();
  let isStopping = false;

  /** @param {Part} part @param {number} [failures] */
  function start(part, failures = 0) {
    const began = Date.now();
    const child = spawn(process.execPath, ["--import", guard, ...part.program], {
      env: withGuard(part.env),
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    running.set(part.name, child);
    onChange(Object.fromEntries([...running].map(([name, { pid }]) => [name, pid])));
    passOn(part.name, child.stdout);
    passOn(part.name, child.stderr);
    child.once("error", (error) => complain(`${part.name} could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      running.delete(part.name);
      if (isStopping) return;
      complain(`${part.name} ended unexpectedly (${signal ?? `code ${code}`})`);
      if (!part.isRestarted) return onLoss(part.name);
      const before = Date.now() - began > 60_000 ? 0 : failures;
      const delayMs = Math.min(1_000 * 2 ** before, 30_000);
      say(`starting ${part.name} again in ${delayMs / 1000} s`);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        start(part, before + 1);
      }, delayMs);
      waiting.add(timer);
    });
  }

  return {
    start,
    /** @param {string} name */
    isRunning: (name) => running.has(name),
    /** Asks every part to finish what it is doing, and ends those that do not. */
    async stop(patienceMs = 10_000) {
      isStopping = true;
      for (const timer of waiting) clearTimeout(timer);
      const children = [...running.values()];
      for (const child of children) child.kill("SIGTERM");
      if (await until(() => (running.size === 0 ? true : undefined), patienceMs)) return;
      for (const [name, child] of running) {
        say(`${name} did not stop when asked and is ended`);
        child.kill("SIGKILL");
      }
      await until(() => (running.size === 0 ? true : undefined), 5_000);
    },
  };
}

/**
 * Waits until an address answers at all.
 *
 * @param {string} url
 * @param {() => boolean} isWorthWaiting
 * @param {(status: number) => boolean} isGood
 */
export async function answers(url, isWorthWaiting, isGood = () => true) {
  const outcome = await until(async () => {
    if (!isWorthWaiting()) return { ok: false };
    try {
      const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) });
      await response.arrayBuffer();
      return isGood(response.status) ? { ok: true } : undefined;
    } catch {
      return undefined;
    }
  }, 180_000);
  return outcome?.ok ?? false;
}
