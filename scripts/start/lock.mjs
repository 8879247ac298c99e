// @ts-check
import fs from "node:fs";
import path from "node:path";
import { say } from "./say.mjs";
import { commandOf, isAlive, until } from "./waiting.mjs";

/**
 * Runs `work` while no other start of this clone runs the work of the same name. A lock whose holder has died is taken
 * over.
 *
 * @template T
 * @param {string} name  what the work is called when somebody has to wait for it
 * @param {() => Promise<T>} work
 * @param {AbortSignal} [signal]  ends the waiting early
 * @returns {Promise<T>}
 */
export async function alone(name, work, signal) {
  const file = path.join(".run", `${name}.lock`);
  fs.mkdirSync(".run", { recursive: true });
  let told = false;
  const isTaken = await until(() => {
    signal?.throwIfAborted();
    if (take(file)) return true;
    if (!told) say(`waiting for another start (pid ${holderOf(file)}), which does the ${name}`);
    told = true;
    return undefined;
  }, 30 * 60_000);
  if (!isTaken) throw new Error(`${file} is held for half an hour: remove it if no other start is at work`);
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const holder = holderOf(file);
  // An empty file was made this very moment.
  if (holder === 0 || (isAlive(holder) && commandOf(holder).includes("run.mjs"))) return false;
  // Renaming succeeds for one of those who see the dead holder; the others find the file gone.
  try {
    const dead = `${file}.${process.pid}`;
    fs.renameSync(file, dead);
    fs.rmSync(dead, { force: true });
  } catch {
    return false;
  }
  return false;
}

/** @param {string} file */
function holderOf(file) {
  try {
    return Number(fs.readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}
