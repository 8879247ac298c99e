// @ts-check
import path from "node:path";
import { buildWeb } from "./build.mjs";
import { cleanEnvironment } from "./clean-environment.mjs";
import { demoKeys } from "./demo-keys.mjs";
import { installPackages } from "./install.mjs";
import { stopRequest } from "./lifetime.mjs";
import { foreground, tsProgram, webProgram } from "./processes.mjs";
import { addDemoHistory, startProduct, stopProduct } from "./product.mjs";
import { runningOn } from "./run-file.mjs";
import { complain, keepOutputClean, print, say } from "./say.mjs";
import { checkPartSettings, checkSettings } from "./settings.mjs";
import { testEverything } from "./test-mode.mjs";

/** Programs that act on a console, wherever it runs. */
const tools = /** @type {Record<string, string>} */ ({
  user: "scripts/user.ts",
  credential: "scripts/credential.ts",
  audit: "scripts/audit.ts",
  keys: "scripts/keys.ts",
  screenshots: "scripts/screenshots.ts",
});

/**
 * @param {string} mode
 * @param {string[]} rest
 * @returns {Promise<number>} the exit code
 */
export async function runMode(mode, rest) {
  if (mode === "start" || mode === "dev") return start(mode === "dev");
  if (mode === "test") return testEverything({ only: null, rest });
  if (mode === "journeys") return testEverything({ only: "journeys", rest });
  if (mode === "scenarios") {
    const only = ["--project=journeys", "--workers=1", "e2e/scenarios", "e2e/alerts.spec.ts"];
    return testEverything({ only: "journeys", rest: [...only, ...rest] });
  }
  if (mode === "bench") return foreground(tsProgram("bench/main.ts"), rest, process.env);
  if (mode === "chaos") return foreground(tsProgram("chaos/main.ts"), rest, cleanEnvironment());
  if (mode === "migrate") return foreground(tsProgram("scripts/migrate.ts"), rest, await partEnvironment());
  if (mode === "worker") return foreground(tsProgram("worker/main.ts"), rest, await partEnvironment());
  if (mode === "sandbox") return foreground(tsProgram("sandbox/main.ts"), rest, process.env);
  if (mode === "web") return web(rest);
  if (mode === "diagnose") return foreground(tsProgram("scripts/diagnose.ts"), rest, process.env);
  const tool = tools[mode];
  if (tool) return runTool(tool, rest);
  complain(`there is no "${mode}"`);
  return 1;
}

/** @param {boolean} isDevelopment */
async function start(isDevelopment) {
  const stop = stopRequest();
  /** @type {(() => Promise<void>)[]} */
  const ends = [];
  try {
    const settings = await checkSettings(process.env);
    const product = await startProduct({ settings, signal: stop.signal, isDevelopment }, ends);
    await addDemoHistory(product, stop.signal);
    announce(product, settings.publicUrl);
    const end = await Promise.race([product.lost, stop.requested]);
    if (end === "stop") return 0;
    complain(`${end} is gone, so everything stops`);
    return 1;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    throw error;
  } finally {
    const hasStarted = ends.length > 1;
    if (hasStarted) say("stopping");
    await stopProduct(ends);
    if (hasStarted) say("stopped");
  }
}

/** @param {import("./product.mjs").Product} product @param {string} publicUrl */
function announce(product, publicUrl) {
  const lines = ["", `  Countersign    ${product.webUrl}`];
  if (publicUrl !== product.webUrl) lines.push(`  for the world  ${publicUrl}`);
  if (product.sandboxUrl) lines.push(`  Sandbox        ${product.sandboxUrl}   a pretend gateway, no money moves`);
  if (product.signIns.length > 0) lines.push("", "  Demo sign-ins, made for this data folder:");
  for (const { email, password, role } of product.signIns) lines.push(`    ${email.padEnd(24)} ${password}   ${role}`);
  print([...lines, "", "  Ctrl-C stops everything.", ""].join("\n"));
}

async function partEnvironment() {
  const { publicUrl } = await checkPartSettings(process.env);
  return { ...process.env, NEXTAUTH_URL: publicUrl, NEXT_TELEMETRY_DISABLED: "1" };
}

/** @param {string[]} rest */
async function web(rest) {
  const env = await partEnvironment();
  const folder = await buildWeb({ before: () => installPackages({ isDevelopment: true }) });
  return foreground(webProgram(null), rest, { ...env, NODE_ENV: "production", NEXT_DIST_DIR: folder });
}

/** Reaches the console of `DATABASE_URL`, or the embedded one that runs. @param {string} tool @param {string[]} rest */
async function runTool(tool, rest) {
  keepOutputClean();
  const settings = await checkSettings(process.env);
  if (settings.databaseUrl) return foreground(tsProgram(tool), rest, process.env);
  const dataDir = path.resolve(settings.dataDir);
  const running = runningOn(dataDir);
  if (!running?.databaseUrl) {
    throw new Error(
      `nothing runs on ${dataDir}: start it with \`npm start\`, or set DATABASE_URL, MASTER_KEY and AUTH_SECRET`,
    );
  }
  const keys = demoKeys(dataDir);
  return foreground(tsProgram(tool), rest, {
    ...process.env,
    PORT: String(running.port),
    SANDBOX_PORT: String(running.sandboxPort),
    DATA_DIR: dataDir,
    PUBLIC_URL: running.publicUrl,
    DATABASE_URL: running.databaseUrl,
    MASTER_KEY: process.env["MASTER_KEY"] || keys.masterKey,
    AUTH_SECRET: process.env["AUTH_SECRET"] || keys.authSecret,
  });
}
