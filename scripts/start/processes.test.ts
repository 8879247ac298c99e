import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { supervisor } from "./processes.mjs";
import { isAlive, until } from "./waiting.mjs";

const runsForever = ["-e", "setInterval(() => {}, 1000)"];
const ignoresRequests = [
  "-e",
  "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); require('node:fs').writeFileSync(process.env.READY_FILE, '')",
];

const gone = (pid: number) => until(() => (isAlive(pid) ? undefined : true), 20_000);

function watched() {
  const pids: number[] = [];
  const lost: string[] = [];
  const parts = supervisor({
    onLoss: (name) => lost.push(name),
    onChange: (now) => pids.push(...Object.values(now).filter((pid) => pid !== undefined)),
  });
  return { parts, pids, lost };
}

test("a worker that crashes is started again, and stopping ends the new one", async () => {
  const { parts, pids, lost } = watched();
  parts.start({ name: "worker", program: runsForever, env: process.env, isRestarted: true });
  process.kill(pids[0] ?? 0, "SIGKILL");
  await until(() => (pids.length > 1 ? true : undefined), 20_000);
  expect(pids).toHaveLength(2);
  await parts.stop();
  expect(isAlive(pids[1] ?? 0)).toBe(false);
  expect(lost).toEqual([]);
});

test("a web process that once answered is started again when it crashes", async () => {
  const { parts, pids, lost } = watched();
  const web = { name: "web", program: runsForever, env: process.env, isRestarted: false };
  parts.start(web);
  web.isRestarted = true;
  process.kill(pids[0] ?? 0, "SIGKILL");
  await until(() => (pids.length > 1 ? true : undefined), 20_000);
  expect(pids).toHaveLength(2);
  await parts.stop();
  expect(lost).toEqual([]);
});

test("a web process that cannot start is reported as lost, not started again", async () => {
  const { parts, pids, lost } = watched();
  parts.start({ name: "web", program: ["-e", "process.exit(3)"], env: process.env, isRestarted: false });
  await until(() => (lost.length > 0 ? true : undefined), 20_000);
  expect(lost).toEqual(["web"]);
  expect(pids).toHaveLength(1);
  await parts.stop();
});

test("a part that does not heed the request to stop is ended all the same", async () => {
  const { parts, pids } = watched();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part-"));
  const ready = path.join(folder, "ready");
  const env = { ...process.env, READY_FILE: ready };
  parts.start({ name: "worker", program: ignoresRequests, env, isRestarted: true });
  await until(() => (fs.existsSync(ready) ? true : undefined), 20_000);
  await parts.stop(500);
  fs.rmSync(folder, { recursive: true });
  expect(isAlive(pids[0] ?? 0)).toBe(false);
});

test("the parts of a start that is killed end by themselves", async () => {
  const program = `
    const { supervisor } = await import(${JSON.stringify(new URL("./processes.mjs", import.meta.url).href)});
    const parts = supervisor({ onLoss: () => {}, onChange: ({ worker }) => console.log(worker) });
    parts.start({ name: "worker", program: ${JSON.stringify(runsForever)}, env: process.env, isRestarted: true });
  `;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(starter.stdout, "data");
  const pid = Number(String(said));
  expect(isAlive(pid)).toBe(true);
  starter.kill("SIGKILL");
  expect(await gone(pid)).toBe(true);
});
