import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Merchant, Order } from "./records";
import { startReceiver } from "./testing/receiver";
import { callAs, controlOf, order } from "./testing/sandbox";

let folder: string;
let running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-process-"));
});
afterEach(async () => {
  for (const child of running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  running = [];
  await rm(folder, { recursive: true });
});

function startProcess(environment: Record<string, string>) {
  const { NODE_ENV: _, DATABASE_URL: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], {
    env: { ...inherited, NODE_ENV: "development", SANDBOX_PORT: "0", DATA_DIR: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the process has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:[0-9]+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error("the sandbox ended before it listened");
}

async function refusal(environment: Record<string, string>) {
  const child = startProcess(environment);
  const lines: Buffer[] = [];
  child.stderr?.on("data", (chunk: Buffer) => lines.push(chunk));
  const [code] = await once(child, "close");
  return { code, message: Buffer.concat(lines).toString("utf8") };
}

describe("the start", () => {
  test("is refused beside a production database, in one line", async () => {
    const { code, message } = await refusal({
      NODE_ENV: "production",
      DATABASE_URL: "postgres://db.example/countersign",
    });
    expect(code).toBe(1);
    expect(message).toMatch(/^The sandbox gateway does not start with NODE_ENV=production and a DATABASE_URL.*\n$/);
  });

  test("is refused with a port that is none", async () => {
    expect(await refusal({ SANDBOX_PORT: "http" })).toMatchObject({
      code: 1,
      message: expect.stringContaining("SANDBOX_PORT"),
    });
  });

  test("makes merchants of both environments that have nothing in common", async () => {
    const merchants = await controlOf(await listening(startProcess({})))<Merchant[]>("GET", "merchants");
    expect(merchants.map(({ environment }) => environment)).toEqual(["test", "production"]);
    const secrets = merchants.flatMap(({ apps }) => apps.map(({ secret }) => secret));
    expect(new Set(secrets).size).toBe(secrets.length);
    expect(secrets.every((secret) => /^[A-Za-z0-9]{128}$/.test(secret))).toBe(true);
    expect(new Set(merchants.map(({ mchNo }) => mchNo)).size).toBe(2);
    expect(merchants.every(({ apps }) => apps.length > 1)).toBe(true);
  });
});

describe("a restart", () => {
  test.each(["SIGKILL", "SIGTERM"] as const)(
    "after %s finds payments, refunds, merchants and switches again",
    async (signal) => {
      const first = startProcess({});
      const url = await listening(first);
      const merchants = await controlOf(url)<Merchant[]>("GET", "merchants");
      const [merchant] = merchants;
      const [app] = merchant?.apps ?? [];
      if (!merchant || !app) throw new Error("the sandbox has no merchant");
      const sent = order();
      const { data } = await callAs(url, "/api/pay/unifiedOrder", sent, { merchant, app });
      await controlOf(url)("POST", "pay", { mchOrderNo: sent.mchOrderNo });
      const refund = {
        mchOrderNo: sent.mchOrderNo,
        mchRefundNo: "R1",
        refundAmount: 50,
        currency: "HKD",
        refundReason: "x",
      };
      await callAs(url, "/api/refund/refundOrder", refund, { merchant, app });
      await controlOf(url)("POST", "faults", { kind: "silent" });
      await controlOf(url)("POST", "clock", { offsetMs: 5000 });
      first.kill(signal);
      await once(first, "exit");

      const control = controlOf(await listening(startProcess({})));
      expect(await control("GET", "merchants")).toEqual(merchants);
      expect(await control<Order>("GET", `orders/${sent.mchOrderNo}`)).toMatchObject({
        payOrderId: data?.payOrderId,
        state: 2,
        refundedAmount: 50,
        refunds: [{ mchRefundNo: "R1", state: 2 }],
      });
      expect(await control("GET", "faults")).toMatchObject({ on: [{ kind: "silent" }] });
      expect(await control("GET", "knobs")).toMatchObject({ offsetMs: 5000 });
    },
  );

  test("goes on with a notification that was not delivered", async () => {
    const receiver = await startReceiver();
    receiver.answerWith({ body: "not now" });
    const first = startProcess({});
    const url = await listening(first);
    const [merchant] = await controlOf(url)<Merchant[]>("GET", "merchants");
    const [app] = merchant?.apps ?? [];
    if (!merchant || !app) throw new Error("the sandbox has no merchant");
    const sent = order({ notifyUrl: receiver.url });
    await callAs(url, "/api/pay/unifiedOrder", sent, { merchant, app });
    await controlOf(url)("POST", "pay", { mchOrderNo: sent.mchOrderNo, awaitNotification: true });
    const before = await receiver.next();
    first.kill("SIGKILL");
    await once(first, "exit");

    receiver.answerWith({ body: "success" });
    const control = controlOf(await listening(startProcess({})));
    await control("POST", "clock", { advanceMs: 30_000 });
    expect((await receiver.next()).body).toBe(before.body);
    await control("POST", "idle");
    expect(await control("GET", `orders/${sent.mchOrderNo}`)).toMatchObject({
      notifications: [{ state: "delivered", tries: 2 }],
    });
    await receiver.stop();
  });

  test("does not wait for a merchant who never replies, and tells him again", async () => {
    const receiver = await startReceiver();
    receiver.answerWith({ body: "", isHeld: true });
    const first = startProcess({});
    const url = await listening(first);
    const [merchant] = await controlOf(url)<Merchant[]>("GET", "merchants");
    const [app] = merchant?.apps ?? [];
    if (!merchant || !app) throw new Error("the sandbox has no merchant");
    const sent = order({ notifyUrl: receiver.url });
    await callAs(url, "/api/pay/unifiedOrder", sent, { merchant, app });
    await controlOf(url)("POST", "pay", { mchOrderNo: sent.mchOrderNo });
    const before = await receiver.next();
    first.kill("SIGTERM");
    expect(await once(first, "exit")).toEqual([0, null]);

    receiver.answerWith({ body: "success" });
    const control = controlOf(await listening(startProcess({})));
    expect((await receiver.next()).body).toBe(before.body);
    await control("POST", "idle");
    expect(await control("GET", `orders/${sent.mchOrderNo}`)).toMatchObject({
      notifications: [{ state: "delivered", tries: 1 }],
    });
    await receiver.stop();
  });
});
