// @ts-check
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again and again until there is an answer.
 *
 * @template T
 * @param {() => T | undefined | Promise<T | undefined>} question
 * @param {number} limitMs
 * @returns {Promise<T | undefined>} `undefined` when the time is over
 */
export async function until(question, limitMs) {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (Date.now() >= end) return undefined;
    await pause(20);
  }
}

/**
 * @param {number} pid
 * @returns {boolean} also for a process of somebody else
 */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * The command line of a process, to tell it from a stranger who was given the same number later.
 *
 * @param {number} pid
 * @returns {string} empty when there is no such process
 */
export function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    if (fs.existsSync("/proc/self/cmdline")) return "";
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}
