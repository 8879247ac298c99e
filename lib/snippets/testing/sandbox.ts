import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Shop = { mchNo: string; appId: string; secret: string };

/** The pretend gateway in a process of its own, with a shop that may use every way of paying. */
export async function startSandbox() {
  const folder = mkdtempSync(join(tmpdir(), "countersign-sandbox-"));
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], {
    env: { ...process.env, SANDBOX_PORT: "0", DATA_DIR: folder, NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = await addressIn(createInterface({ input: child.stdout }));
  return {
    url,
    shop: await openShop(url),
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const found = /http:\/\/\S+?:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error("The sandbox ended before it said where it listens.");
}

async function openShop(url: string): Promise<Shop> {
  const response = await fetch(`${url}/control/merchants`, {
    method: "POST",
    body: JSON.stringify({ environment: "test", apps: [{ name: "Code" }] }),
    headers: { "content-type": "application/json" },
  });
  const { mchNo, apps } = (await response.json()) as { mchNo: string; apps: { appId: string; secret: string }[] };
  const [app] = apps;
  if (!app) throw new Error("The sandbox made a merchant without an application.");
  return { mchNo, ...app };
}
