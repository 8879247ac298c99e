import fs from "node:fs";
import path from "node:path";
import type { LaunchOptions } from "@playwright/test";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const quiet = [
  ...["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

/**
 * Finds a browser: the one of `CHROMIUM_PATH`, an installed one, the one that comes as an npm package (Linux on x64),
 * or at last the one that Playwright downloads.
 */
export async function browserLaunch(): Promise<LaunchOptions> {
  // Chromium's own sandbox needs what root and many containers do not have; the pages are ours.
  const args = ["--no-sandbox", ...quiet];
  const executablePath = process.env["CHROMIUM_PATH"] || installed.find((file) => fs.existsSync(file));
  if (executablePath) return { executablePath, args };
  if (process.platform === "linux" && process.arch === "x64") return packagedBrowser(args);
  return { args };
}

/** It brings its own libraries, for machines that have none. */
async function packagedBrowser(args: string[]): Promise<LaunchOptions> {
  const home = path.resolve(".run", "browser");
  if (!fs.existsSync(home)) await unpack(home);
  // Only the browser may see its libraries: other programs would load them instead of the system's.
  const env = {
    ...ownEnvironment(),
    LD_LIBRARY_PATH: path.join(home, "al2023", "lib"),
    FONTCONFIG_PATH: path.join(home, "fonts"),
  };
  return { executablePath: path.join(home, "chromium"), args, env };
}

/** Unpacked beside its place and then moved there: other test runs may want it at the same moment. */
async function unpack(home: string): Promise<void> {
  const fresh = `${home}-${process.pid}`;
  fs.mkdirSync(fresh, { recursive: true });
  const before = ownEnvironment();
  // The package unpacks its libraries only where it believes to be in a cloud function, and always into the temporary folder.
  Object.assign(process.env, { AWS_LAMBDA_JS_RUNTIME: "nodejs20.x", TMPDIR: fresh });
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    await chromium.executablePath();
  } finally {
    for (const name of ["AWS_LAMBDA_JS_RUNTIME", "TMPDIR", "LD_LIBRARY_PATH", "FONTCONFIG_PATH"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  try {
    fs.renameSync(fresh, home);
  } catch {
    fs.rmSync(fresh, { recursive: true, force: true });
    if (!fs.existsSync(home)) throw new Error(`the browser could not be unpacked into ${home}`);
  }
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
