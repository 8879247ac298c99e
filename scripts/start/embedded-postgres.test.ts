import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { type EmbeddedPostgres, removeDataFolder, startEmbeddedPostgres } from "./embedded-postgres.mjs";
import { isAlive, until } from "./waiting.mjs";

const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) removeDataFolder(folder);
});

function newFolder(): string {
  fs.mkdirSync(".test", { recursive: true });
  const folder = fs.mkdtempSync(path.resolve(".test", "server-"));
  folders.push(folder);
  return folder;
}

async function start(dataDir: string, mayUnshare = true): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, mayUnshare });
  servers.push(server);
  return server;
}

async function ask<T>(server: EmbeddedPostgres, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server.url("postgres"), { max: 1, onnotice: () => {} });
  try {
    return await question(sql);
  } finally {
    await sql.end();
  }
}

const remember = (server: EmbeddedPostgres) =>
  ask(server, (sql) =>
    sql.begin(async (tx) => {
      await tx`create table if not exists remembered (word text)`;
      await tx`insert into remembered values ('committed')`;
    }),
  );

const remembered = (server: EmbeddedPostgres) =>
  ask(server, async (sql) => (await sql<{ word: string }[]>`select word from remembered`).map(({ word }) => word));

test("what was committed is there after a stop and a second start", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await remember(first);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start(folder);
  expect(second.isAdopted).toBe(false);
  expect(await remembered(second)).toEqual(["committed"]);
});

test("what was committed is there after the server was killed", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await remember(first);
  process.kill(first.pid, "SIGKILL");
  await until(() => (isAlive(first.pid) ? undefined : true), 10_000);
  expect(await remembered(await start(folder))).toEqual(["committed"]);
});

test("a server whose starter was killed is adopted, and can be stopped", async () => {
  const folder = newFolder();
  const starter = spawn(process.execPath, ["scripts/postgres.mjs", folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(starter.stdout, "data");
  starter.kill("SIGKILL");
  await once(starter, "exit");
  const adopted = await start(folder);
  expect(adopted.isAdopted).toBe(true);
  await remember(adopted);
  await adopted.stop();
  expect(await remembered(await start(folder))).toEqual(["committed"]);
});

test("a pid file that names a stranger is not believed", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await remember(first);
  const pidFile = path.join(folder, "postgres", "postmaster.pid");
  const lines = fs.readFileSync(pidFile, "utf8").split("\n");
  await first.stop();
  fs.writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join("\n"), { mode: 0o600 });
  const second = await start(folder);
  expect(second.isAdopted).toBe(false);
  expect(await remembered(second)).toEqual(["committed"]);
});

test("it listens on this machine only, and asks for the password of its folder", async () => {
  const folder = newFolder();
  const server = await start(folder);
  const [row] = await ask(
    server,
    (sql) => sql<{ addresses: string }[]>`select current_setting('listen_addresses') as addresses`,
  );
  expect(row?.addresses).toBe("127.0.0.1");
  const stranger = postgres(server.url("postgres").replace(/:[^:@]+@/, ":guess@"), { max: 1 });
  await expect(stranger`select 1`).rejects.toThrow(/password authentication failed/);
  await stranger.end();
  expect(fs.statSync(path.join(folder, "postgres-password")).mode & 0o077).toBe(0);
});

test.runIf(process.getuid?.() === 0)("as root without user namespaces it runs as nobody", async () => {
  const server = await start(newFolder(), false);
  await remember(server);
  expect(fs.statSync(`/proc/${server.pid}`).uid).toBe(65_534);
});
