// @ts-check
import fs from "node:fs";
import path from "node:path";
import { say } from "./say.mjs";
import { commandOf, isAlive, until } from "./waiting.mjs";

/**
 * What one start writes down about itself, for tools that want to reach it and for the start after a crash.
 *
 * @typedef {object} RunFile
 * @property {number} pid
 * @property {number} port
 * @property {number} sandboxPort
 * @property {string} publicUrl
 * @property {string} [databaseUrl]  of the embedded database, once it answers
 * @property {Record<string, number | undefined>} [parts]  process numbers
 */

/** @param {string} dataDir */
const fileOf = (dataDir) => path.join(dataDir, "run.json");

/**
 * What is running on a data folder at this moment.
 *
 * @param {string} dataDir
 * @returns {RunFile | null}
 */
export function runningOn(dataDir) {
  const found = read(dataDir);
  return found && isOurs(found.pid) ? found : null;
}

/**
 * Claims a data folder for this start and ends what a killed one may have left behind.
 *
 * @param {string} dataDir
 * @param {Omit<RunFile, "pid">} about
 */
export async function claim(dataDir, about) {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const before = read(dataDir);
  if (before && before.pid !== process.pid && isOurs(before.pid)) {
    throw new Error(
      `it already runs on ${dataDir} (pid ${before.pid}, http://localhost:${before.port}): stop it, or set another DATA_DIR and PORT`,
    );
  }
  if (before?.parts) await endOrphans(before.parts);
  note(dataDir, about);
}

/** @param {string} dataDir @param {Omit<RunFile, "pid">} about */
export function note(dataDir, about) {
  const file = fileOf(dataDir);
  fs.writeFileSync(`${file}.new`, `${JSON.stringify({ pid: process.pid, ...about }, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** @param {string} dataDir */
export function release(dataDir) {
  if (read(dataDir)?.pid === process.pid) fs.rmSync(fileOf(dataDir), { force: true });
}

/** @param {string} dataDir @returns {RunFile | null} */
function read(dataDir) {
  try {
    return JSON.parse(fs.readFileSync(fileOf(dataDir), "utf8"));
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isOurs(pid) {
  return isAlive(pid) && commandOf(pid).includes("run.mjs");
}

/** They stop by themselves when their parent dies; this is for those that hang. @param {Record<string, number | undefined>} parts */
async function endOrphans(parts) {
  const isOrphan = (/** @type {number | undefined} */ pid) =>
    pid !== undefined && isAlive(pid) && /orphan-guard|next-server/.test(commandOf(pid));
  const left = () => Object.entries(parts).filter(([, pid]) => isOrphan(pid));
  if (left().length === 0) return;
  say(
    `waiting for the processes of a killed start to end: ${left()
      .map(([name]) => name)
      .join(", ")}`,
  );
  if (await until(() => (left().length === 0 ? true : undefined), 12_000)) return;
  for (const [, pid] of left()) if (pid !== undefined) process.kill(pid, "SIGKILL");
  await until(() => (left().length === 0 ? true : undefined), 5_000);
}
