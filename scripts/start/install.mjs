// @ts-check
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { alone } from "./lock.mjs";
import { mendDriver } from "./mend-driver.mjs";
import { passOn, say } from "./say.mjs";

const stampFile = path.join("node_modules", ".countersign-installed");

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry
 */

/**
 * Installs the packages of the lockfile unless they are there. A folder that somebody else filled from the same
 * lockfile is accepted as it is, except for the database driver, which is mended.
 *
 * @param {{ isDevelopment: boolean }} options  false: what a production install leaves out may be missing
 */
export async function installPackages({ isDevelopment }) {
  if (!isInstalled(isDevelopment)) await install(isDevelopment);
  mendDriver();
}

/** @param {boolean} isDevelopment */
function install(isDevelopment) {
  return alone("install", async () => {
    if (isInstalled(isDevelopment)) return;
    say(
      `installing packages${fs.existsSync("node_modules") ? " (they have changed)" : " (once, about half a minute)"}`,
    );
    await npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    fs.writeFileSync(stampFile, currentStamp());
  });
}

/** @param {boolean} isDevelopment */
function isInstalled(isDevelopment) {
  if (!fs.existsSync("node_modules")) return false;
  const stamp = currentStamp();
  if (fs.existsSync(stampFile)) {
    if (fs.readFileSync(stampFile, "utf8") === stamp) return true;
    if (!fs.readFileSync(stampFile, "utf8").includes(platform())) return false;
  }
  if (!agrees(isDevelopment)) return false;
  if (isDevelopment) fs.writeFileSync(stampFile, stamp);
  return true;
}

function platform() {
  return `${process.version} ${process.platform} ${process.arch}`;
}

function currentStamp() {
  const lock = createHash("sha256").update(fs.readFileSync("package-lock.json")).digest("hex");
  return `${lock} ${platform()}\n`;
}

/** Compares the lockfile with the list that npm keeps of what it has installed. @param {boolean} isDevelopment */
function agrees(isDevelopment) {
  const kept = path.join("node_modules", ".package-lock.json");
  if (!fs.existsSync(kept)) return false;
  const wanted = /** @type {Record<string, LockEntry>} */ (packagesOf("package-lock.json"));
  const present = /** @type {Record<string, LockEntry>} */ (packagesOf(kept));
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === "") return true;
    if (!present[name]) return entry.optional || (entry.dev && !isDevelopment) || (entry.devOptional && !isDevelopment);
    return present[name].version === entry.version;
  });
}

/** @param {string} file */
function packagesOf(file) {
  return JSON.parse(fs.readFileSync(file, "utf8")).packages ?? {};
}

/** Runs the npm that runs us, without a shell. @param {string[]} commands @returns {Promise<void>} */
function npm(commands) {
  const own = process.env["npm_execpath"];
  const [program, first] = own ? [process.execPath, [own]] : [process.platform === "win32" ? "npm.cmd" : "npm", []];
  // With NODE_ENV=production npm would leave out what the build needs.
  const { NODE_ENV: _, ...env } = process.env;
  const child = spawn(program, [...first, ...commands], {
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    stdio: ["ignore", "pipe", "pipe"],
    shell: !own && process.platform === "win32",
  });
  passOn("npm", child.stdout);
  passOn("npm", child.stderr);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error("the packages could not be installed"))));
  });
}
