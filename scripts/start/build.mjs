// @ts-check
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cleanEnvironment } from "./clean-environment.mjs";
import { alone } from "./lock.mjs";
import { nextProgram, runToEnd } from "./processes.mjs";
import { say } from "./say.mjs";

const sources = ["app", "components", "lib", "db", "public"];
const buildOutput = ".next";
const stampName = "countersign-build";
const kept = 3;

/**
 * Builds the web application unless these very sources have been built. Each state of the sources has a folder of its
 * own, so a running web process keeps the build it was started with, and `npm start` and `npm test` share one.
 *
 * @param {{ before?: () => Promise<void>, signal?: AbortSignal }} [options]  `before` runs only when there is something
 *   to build
 * @returns {Promise<string>} the folder, for `NEXT_DIST_DIR`
 */
export async function buildWeb({ before = async () => {}, signal } = {}) {
  const folder = `.next-${markOfSources()}`;
  const isBuilt = () => fs.existsSync(path.join(folder, stampName));
  if (isBuilt()) return folder;
  await before();
  return alone(
    "build",
    async () => {
      if (isBuilt()) return folder;
      say("building the web application (about a quarter of a minute)");
      fs.rmSync(path.join(buildOutput, "BUILD_ID"), { force: true });
      const code = await runToEnd("build", nextProgram, ["build"], cleanEnvironment(), signal);
      const isComplete = fs.existsSync(path.join(buildOutput, "BUILD_ID"));
      if (code !== 0 || !isComplete) throw new Error("the build failed, see above");
      keep(folder);
      removeOld(folder);
      return folder;
    },
    signal,
  );
}

function markOfSources() {
  const hash = createHash("sha256").update(fs.readFileSync("package-lock.json"));
  for (const file of [...rootFiles(), ...sources.flatMap(filesBelow)])
    hash.update(`${file}\0`).update(fs.readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

function rootFiles() {
  const others = new Set(["vitest.config.ts", "playwright.config.ts", "drizzle.config.ts", "next-env.d.ts"]);
  return fs
    .readdirSync(".")
    .filter((name) => /\.(ts|mts|mjs)$/.test(name) && !others.has(name))
    .sort();
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** @param {string} folder */
function keep(folder) {
  const unwanted = new Set(
    ["cache", "dev", "types", "diagnostics", "trace", "trace-build"].map((name) => path.join(buildOutput, name)),
  );
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(buildOutput, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !unwanted.has(source),
  });
  fs.writeFileSync(path.join(folder, stampName), "");
}

/** The latest few stay: an older process may still run from one of them. @param {string} current */
function removeOld(current) {
  const builds = fs
    .readdirSync(".")
    .filter((name) => /^\.next-[0-9a-f]{12}$/.test(name) && name !== current)
    .map((name) => ({ name, at: fs.statSync(path.join(name, stampName), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of builds.slice(kept - 1)) fs.rmSync(name, { recursive: true, force: true });
}
