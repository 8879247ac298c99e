import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sign } from "@/lib/gateway/signature";
import type { App, Merchant } from "../records";
import { startSandbox } from "../server";

export type Json = Readonly<Record<string, unknown>>;
export type Envelope = { code: number; msg: string; data?: Record<string, unknown>; sign?: string };
export type Testbed = Awaited<ReturnType<typeof startTestbed>>;

/** A sandbox of its own on a free port, with one merchant that may use every way, and a client that signs like a merchant. */
export async function startTestbed() {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const running = await startSandbox({ port: 0, folder });
  const control = controlOf(running.url);
  const merchant = await control<Merchant>("POST", "merchants", { environment: "test" });
  const [app] = merchant.apps;
  if (!app) throw new Error("A new merchant has an application.");
  return {
    url: running.url,
    control,
    merchant,
    app,
    call: (path: string, fields: Json, as?: Partial<Caller>) =>
      callAs(running.url, path, fields, { merchant, app, ...as }),
    async stop() {
      await running.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Caller = { merchant: Merchant; app: App; headers: Readonly<Record<string, string>>; signal: AbortSignal };

/** Signs and sends fields as JSON, and reads the answer. */
export async function callAs(
  url: string,
  path: string,
  fields: Json,
  caller: Pick<Caller, "merchant" | "app"> & Partial<Caller>,
): Promise<Envelope> {
  const response = await sendAs(url, path, fields, caller);
  if (response.status !== 200) throw new Error(`The sandbox answered ${response.status}.`);
  return (await response.json()) as Envelope;
}

export function sendAs(
  url: string,
  path: string,
  fields: Json,
  { merchant, app, headers, signal }: Pick<Caller, "merchant" | "app"> & Partial<Caller>,
): Promise<Response> {
  const envelope = {
    mchNo: merchant.mchNo,
    appId: app.appId,
    reqTime: "1767225600000",
    version: "1.0",
    signType: "MD5",
  };
  const message = { ...envelope, ...fields };
  return fetch(`${url}${path}`, {
    method: "POST",
    redirect: "manual",
    signal: signal ?? null,
    headers: { "Content-Type": "application/json;charset=UTF-8", Accept: "application/json", ...headers },
    body: JSON.stringify({ ...message, sign: sign(message, app.secret) }),
  });
}

class ControlProblem extends Error {}

export function controlOf(url: string) {
  return async function control<Answer = Json>(
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const read = (await response.json()) as { error?: string };
    if (!response.ok) throw new ControlProblem(`${response.status} ${read.error}`);
    return read as Answer;
  };
}

let numbers = 0;

function newNo(letter: string): string {
  numbers++;
  return `${letter}${process.pid}${numbers}`;
}

/** All that a unified order needs, with a number of its own. */
export function order(fields: Json = {}): Json & { mchOrderNo: string } {
  const basics = { wayCode: "WX_QR", amount: 1050, currency: "HKD", subject: "Coffee", body: "Coffee x1" };
  return { mchOrderNo: newNo("T"), ...basics, ...fields };
}

export function refund(mchOrderNo: string, fields: Json = {}): Json & { mchRefundNo: string } {
  return {
    mchOrderNo,
    mchRefundNo: newNo("R"),
    refundAmount: 500,
    currency: "HKD",
    refundReason: "Customer return",
    ...fields,
  };
}
