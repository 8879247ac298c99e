// @ts-check
import fs from "node:fs";
import path from "node:path";
import { buildWeb } from "./build.mjs";
import { ensureDatabase } from "./database.mjs";
import { demoKeys, demoSignIns, signInsFile } from "./demo-keys.mjs";
import { startEmbeddedPostgres } from "./embedded-postgres.mjs";
import { isPortFree } from "./ports.mjs";
import { answers, nextProgram, runToEnd, supervisor, tsProgram, webProgram } from "./processes.mjs";
import { claim, note, release } from "./run-file.mjs";
import { say } from "./say.mjs";

/** @typedef {import("./settings.mjs").StartSettings} StartSettings */
/** @typedef {import("./demo-keys.mjs").SignIn} SignIn */

/**
 * A started product. With the embedded database the pretend gateway and the demo people belong to it.
 *
 * @typedef {object} Product
 * @property {string} webUrl
 * @property {string | null} sandboxUrl
 * @property {SignIn[]} signIns
 * @property {NodeJS.ProcessEnv} env  what tools need to reach it
 * @property {Promise<string>} lost  resolves with the name of a part that is gone for good
 */

/**
 * Starts everything, in the order in which the parts need one another. What has been started is stopped by
 * `stopProduct`, whether or not this came to its end.
 *
 * @param {{ settings: StartSettings, signal: AbortSignal, isDevelopment?: boolean, base?: NodeJS.ProcessEnv, seedOptions?: string[] }} options
 *   `base`: the environment that the parts inherit; `seedOptions`: see `scripts/seed.ts`
 * @param {(() => Promise<void>)[]} ends  how to stop what has been started, in order of starting
 * @returns {Promise<Product>}
 */
export async function startProduct(
  { settings, signal, isDevelopment = false, base = process.env, seedOptions = [] },
  ends,
) {
  const dataDir = path.resolve(settings.dataDir);
  const isEmbedded = settings.databaseUrl === null;
  const about = { port: settings.port, sandboxPort: settings.sandboxPort, publicUrl: settings.publicUrl };
  await claim(dataDir, about);
  ends.push(async () => release(dataDir));
  if (isEmbedded && settings.port === settings.sandboxPort) {
    throw new Error(
      `PORT and SANDBOX_PORT are both ${settings.port}: choose another with SANDBOX_PORT=${settings.port + 1}`,
    );
  }
  await refuseTakenPort("PORT", settings.port);
  if (isEmbedded) await refuseTakenPort("SANDBOX_PORT", settings.sandboxPort);

  const folder = isDevelopment ? null : await buildWeb({ signal });
  signal.throwIfAborted();
  const database = isEmbedded ? await embeddedDatabase(dataDir, ends) : null;
  const databaseUrl = database ?? settings.databaseUrl?.reveal() ?? "";
  if (isEmbedded) note(dataDir, { ...about, databaseUrl });
  const env = { ...base, ...ownEnvironment(settings, dataDir, databaseUrl, folder) };
  await oneStep("migrate", "scripts/migrate.ts", [], env, signal);

  /** @type {(name: string) => void} */
  let onLoss = () => {};
  const lost = /** @type {Promise<string>} */ (
    new Promise((resolve) => {
      onLoss = resolve;
    })
  );
  const parts = supervisor({
    onLoss,
    onChange: (pids) => note(dataDir, { ...about, ...(isEmbedded ? { databaseUrl } : {}), parts: pids }),
  });
  ends.push(() => parts.stop());
  const webUrl = `http://localhost:${settings.port}`;
  const sandboxUrl = isEmbedded ? `http://localhost:${settings.sandboxPort}` : null;

  if (sandboxUrl) {
    say("starting the sandbox gateway");
    parts.start({ name: "sandbox", program: tsProgram("sandbox/main.ts"), env: withoutOurs(env), isRestarted: true });
    if (!(await answers(sandboxUrl, () => parts.isRunning("sandbox") && !signal.aborted)))
      throw new Error("the sandbox gateway does not answer");
    await oneStep("seed", "scripts/seed.ts", [signInsFile(dataDir), sandboxUrl, ...seedOptions], env, signal);
  }
  signal.throwIfAborted();
  say("starting web and worker");
  // The demo has sign-ins that anybody may read on this machine, so nobody else may reach it.
  const host = isEmbedded ? "127.0.0.1" : null;
  const program = isDevelopment
    ? [...nextProgram, "dev", "-p", String(settings.port), ...(host === null ? [] : ["-H", host])]
    : webProgram(host);
  /** @type {import("./processes.mjs").Part} */
  const web = {
    name: "web",
    program,
    env: isDevelopment ? env : { ...env, NODE_ENV: "production" },
    isRestarted: false,
  };
  parts.start(web);
  parts.start({ name: "worker", program: tsProgram("worker/main.ts"), env, isRestarted: true });
  const isHealthy = (/** @type {number} */ status) => status === 200;
  if (!(await answers(`${webUrl}/api/health`, () => parts.isRunning("web") && !signal.aborted, isHealthy))) {
    throw new Error("the web application does not answer");
  }
  // It could start, so whatever ends it from now on (a driver that fails with its database, say) is no lasting state.
  web.isRestarted = true;
  return { webUrl, sandboxUrl, signIns: isEmbedded ? demoSignIns(dataDir) : [], env, lost };
}

/** Stops in the opposite order: first what works, at the end what it works on. @param {(() => Promise<void>)[]} ends */
export async function stopProduct(ends) {
  for (const end of ends.splice(0).reverse()) await end();
}

/**
 * Makes the demo one that is not empty, by letting console and sandbox talk to each other.
 *
 * @param {Product} product
 * @param {AbortSignal} signal
 */
export async function addDemoHistory({ webUrl, sandboxUrl, env }, signal) {
  if (!sandboxUrl || !fs.existsSync("scripts/demo-history.ts")) return;
  say("the demo's history: console and sandbox talk to each other, at the first start");
  await oneStep("history", "scripts/demo-history.ts", [webUrl, sandboxUrl], env, signal);
}

/** @param {string} setting @param {number} port */
async function refuseTakenPort(setting, port) {
  if (await isPortFree(port)) return;
  throw new Error(
    `port ${port} is taken by another program: stop that one, or choose another with ${setting}=${port + 1}`,
  );
}

/** @param {string} dataDir @param {(() => Promise<void>)[]} ends */
async function embeddedDatabase(dataDir, ends) {
  say("starting the embedded PostgreSQL");
  const server = await startEmbeddedPostgres({ dataDir, say: (line) => say(`embedded PostgreSQL: ${line}`) });
  ends.push(() => server.stop());
  await ensureDatabase(server.url("postgres"), "countersign");
  demoSignIns(dataDir);
  return server.url("countersign");
}

/**
 * @param {StartSettings} settings
 * @param {string} dataDir
 * @param {string} databaseUrl
 * @param {string | null} folder
 * @returns {Record<string, string | undefined>}
 */
function ownEnvironment(settings, dataDir, databaseUrl, folder) {
  const keys = settings.masterKey && settings.authSecret ? null : demoKeys(dataDir);
  return {
    PORT: String(settings.port),
    SANDBOX_PORT: String(settings.sandboxPort),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: settings.publicUrl,
    NEXTAUTH_URL: settings.publicUrl,
    MASTER_KEY: settings.masterKey?.reveal() ?? keys?.masterKey,
    AUTH_SECRET: settings.authSecret?.reveal() ?? keys?.authSecret,
    NEXT_TELEMETRY_DISABLED: "1",
    ...(folder ? { NEXT_DIST_DIR: folder } : {}),
  };
}

/** The pretend gateway knows neither our database nor our keys. @param {NodeJS.ProcessEnv} env */
function withoutOurs({ DATABASE_URL: _d, MASTER_KEY: _m, AUTH_SECRET: _a, ...env }) {
  return env;
}

/**
 * @param {string} name
 * @param {string} file
 * @param {string[]} rest
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function oneStep(name, file, rest, env, signal) {
  signal.throwIfAborted();
  const code = await runToEnd(name, tsProgram(file), rest, env, signal);
  if (code !== 0) throw new Error(`${file} failed, see above`);
}
