// @ts-check
import fs from "node:fs";
import path from "node:path";
import { buildWeb } from "./build.mjs";
import { cleanEnvironment } from "./clean-environment.mjs";
import { playwrightCounts, vitestCounts } from "./counts.mjs";
import { signInsFile } from "./demo-keys.mjs";
import { removeDataFolder, startEmbeddedPostgres } from "./embedded-postgres.mjs";
import { stopRequest } from "./lifetime.mjs";
import { alone } from "./lock.mjs";
import { freePort } from "./ports.mjs";
import { nextProgram, runToEnd, tsProgram } from "./processes.mjs";
import { startProduct, stopProduct } from "./product.mjs";
import { complain, keepTranscript, print, say } from "./say.mjs";
import { checkSettings } from "./settings.mjs";
import { isAlive } from "./waiting.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */
/** @typedef {{ title: string, isJourney?: boolean, run: () => Promise<Counts> }} Step */

/** Each has a database server of its own. */
const parts = ["unit", "product"];

const packageProgram = (/** @type {string[]} */ ...names) => path.join("node_modules", ...names);

/**
 * Runs every check of the product, the later ones also when an earlier one fails, with ports and a data folder of its
 * own. The last line is `N passed, N failed`.
 *
 * @param {{ only: "journeys" | null, rest: string[] }} options  `rest` is passed to the journeys
 * @returns {Promise<number>} 0 only when something ran and nothing failed
 */
export async function testEverything({ only, rest }) {
  const stop = stopRequest();
  await removeLeftovers();
  const dataDir = path.resolve(".test", `run-${process.pid}`);
  fs.mkdirSync(dataDir, { recursive: true });
  /** @type {(() => Promise<void>)[]} */
  const ends = [async () => removeRun(dataDir)];
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const failures = [];
  try {
    for (const step of steps({ dataDir, ends, rest, signal: stop.signal })) {
      if (stop.signal.aborted || (only === "journeys" && !step.isJourney)) continue;
      say(step.title);
      const counts = await step.run().catch((/** @type {unknown} */ error) => {
        complain(error instanceof Error ? error.message : String(error));
        return { passed: 0, failed: 1, skipped: 0 };
      });
      if (counts.failed > 0) failures.push(`${step.title}: ${counts.failed} failed`);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  } finally {
    await stopProduct(ends);
  }
  if (stop.signal.aborted) failures.push("stopped before the end");
  for (const failure of failures) print(`  failed  ${failure}`);
  if (total.skipped > 0) print(`  ${total.skipped} skipped`);
  print(`${total.passed} passed, ${total.failed} failed`);
  return total.passed > 0 && failures.length === 0 ? 0 : 1;
}

/**
 * @param {{ dataDir: string, ends: (() => Promise<void>)[], rest: string[], signal: AbortSignal }} context
 * @returns {Step[]}
 */
function steps({ dataDir, ends, rest, signal }) {
  const env = cleanEnvironment();
  const one = (/** @type {number} */ code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
  const biome = packageProgram("@biomejs", "biome", "bin", "biome");
  const tsc = packageProgram("typescript", "bin", "tsc");
  return [
    {
      title: "format and lint",
      run: async () => one(await runToEnd("lint", [biome], ["ci", "--colors=off", "."], env, signal)),
    },
    {
      title: "rooms",
      run: async () => one(await runToEnd("rooms", tsProgram("scripts/check-rooms.ts"), [], env, signal)),
    },
    {
      title: "types",
      // Building writes the same generated types.
      run: () =>
        alone(
          "build",
          async () => {
            const made = await runToEnd("types", nextProgram, ["typegen"], env, signal);
            return one(made || (await runToEnd("types", [tsc], ["--noEmit", "-p", "."], env, signal)));
          },
          signal,
        ),
    },
    { title: "unit, property and database tests", run: () => unitTests({ dataDir, env, signal }) },
    {
      title: "build",
      isJourney: true,
      run: async () => {
        await buildWeb({ signal });
        return one(0);
      },
    },
    { title: "journeys", isJourney: true, run: () => journeys({ dataDir, ends, env, rest, signal }) },
  ];
}

/**
 * @param {{ dataDir: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} context
 * @returns {Promise<Counts>}
 */
async function unitTests({ dataDir, env, signal }) {
  const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, "unit") });
  try {
    const report = path.join(dataDir, "vitest.json");
    const code = await runToEnd(
      "unit",
      [packageProgram("vitest", "vitest.mjs")],
      ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      { ...env, TEST_DATABASE_URL: server.url("postgres") },
      signal,
    );
    return agreeing(vitestCounts(report), code);
  } finally {
    await server.stop();
  }
}

/**
 * Starts the whole product on free ports and lets the browser use it.
 *
 * @param {{ dataDir: string, ends: (() => Promise<void>)[], env: NodeJS.ProcessEnv, rest: string[], signal: AbortSignal }} context
 * @returns {Promise<Counts>}
 */
async function journeys({ dataDir, ends, env, rest, signal }) {
  const productDir = path.join(dataDir, "product");
  const settings = await checkSettings({
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: productDir,
  });
  const transcript = path.join(dataDir, "transcript.log");
  keepTranscript(transcript, ["migrate", "sandbox", "seed", "web", "worker"]);
  const { webUrl, sandboxUrl } = await startProduct(
    { settings, signal, base: env, seedOptions: ["--refunds-at-once"] },
    ends,
  );
  const report = path.join(dataDir, "journeys.json");
  const code = await runToEnd(
    "journey",
    [packageProgram("@playwright", "test", "cli.js")],
    ["test", "--reporter=list,json,./e2e/scenarios/table.ts", ...rest],
    {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      E2E_WEB_URL: webUrl,
      E2E_SANDBOX_URL: sandboxUrl ?? "",
      E2E_SIGN_INS: signInsFile(productDir),
      E2E_TRANSCRIPT: transcript,
    },
    signal,
  );
  return agreeing(playwrightCounts(report), code);
}

/** A runner that fails for a reason its report does not know must not look like success. @param {Counts} counts @param {number} code */
function agreeing(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A killed test run leaves its folder behind, and in it a database server that still runs. */
async function removeLeftovers() {
  if (!fs.existsSync(".test")) return;
  for (const name of fs.readdirSync(".test")) {
    const pid = Number(/^run-(\d+)$/.exec(name)?.[1] ?? 0);
    if (pid === 0 || isAlive(pid)) continue;
    const folder = path.join(".test", name);
    for (const part of parts) {
      if (!fs.existsSync(path.join(folder, part, "postgres", "postmaster.pid"))) continue;
      const server = await startEmbeddedPostgres({ dataDir: path.join(folder, part) });
      await server.stop();
    }
    removeRun(folder);
  }
}

/** @param {string} folder */
function removeRun(folder) {
  for (const part of [...parts, "."]) removeDataFolder(path.join(folder, part));
}
