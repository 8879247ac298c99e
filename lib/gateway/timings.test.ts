import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import tls from "node:tls";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { CallTimings } from "./timings";
import { type Posted, post } from "./transport";

const servers: TcpServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening<S extends TcpServer>(server: S): Promise<{ server: S; port: number }> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function send(url: string, timeoutMs = 20_000): Promise<{ posted: Posted; timings: CallTimings }> {
  const body = { contentType: "application/json", body: "{}" };
  return post({ url: new URL(url), ...body, timeoutMs, maxAnswerBytes: 1_000 });
}

async function answering(): Promise<{ server: Server; port: number }> {
  const { server, port } = await listening(createHttpServer((_, response) => response.end("{}")));
  onTestFinished(() => server.closeAllConnections());
  return { server, port };
}

const measured = expect.any(Number);
const none = { dnsMs: null, connectMs: null, tlsMs: null, waitMs: null, readMs: null };

test("a name, a connection and the answer are steps of their own, and a connection kept open needs none of the first", async () => {
  const { port } = await answering();
  const url = `http://localhost:${port}/`;
  const first = await send(url);
  expect(first.timings).toEqual({ ...none, dnsMs: measured, connectMs: measured, waitMs: measured, readMs: measured });
  // The client has a connection free again only some turns after its answer ended.
  await vi.waitFor(async () => {
    expect((await send(url)).timings).toEqual({ ...none, waitMs: measured, readMs: measured });
  });
});

test("calls at the same time are timed each by its own connection, and an address that is a number needs no name", async () => {
  const { port } = await answering();
  const calls = await Promise.all([1, 2, 3].map(() => send(`http://127.0.0.1:${port}/`)));
  const whole = { ...none, connectMs: measured, waitMs: measured, readMs: measured };
  expect(calls.map(({ timings }) => timings)).toEqual([whole, whole, whole]);
});

test("the handshake is a step of its own", async () => {
  allowAnonymousServers();
  const secure = createHttpsServer({ ciphers: anonymous, maxVersion: "TLSv1.2" }, (_, response) => response.end("{}"));
  const { server, port } = await listening(secure);
  onTestFinished(() => server.closeAllConnections());
  const { posted, timings } = await send(`https://localhost:${port}/`);
  expect(posted.outcome).toBe("answered");
  const { dnsMs, connectMs, tlsMs, waitMs, readMs } = timings;
  for (const ms of [dnsMs, connectMs, tlsMs, waitMs, readMs]) expect(ms).toEqual(measured);
});

test("a gateway that no handshake succeeds with is seen to end there", async () => {
  const { port } = await listening(tls.createServer({}));
  const { posted, timings } = await send(`https://127.0.0.1:${port}/`);
  expect(posted).toMatchObject({ outcome: "broken", wasSent: false });
  expect(timings).toEqual({ ...none, connectMs: measured, tlsMs: measured });
});

test("a gateway that accepts and never says a word is seen to end in the handshake", async () => {
  const { port } = await listening(createTcpServer((socket) => void onTestFinished(() => void socket.destroy())));
  // Long enough to get that far on a busy machine.
  const { posted, timings } = await send(`https://127.0.0.1:${port}/`, 3_000);
  expect(posted.outcome).toBe("timed-out");
  expect(timings).toEqual({ ...none, connectMs: measured, tlsMs: measured });
});

test.each(["http", "https"])("where nobody listens, a call by %s ends in connecting", async (scheme) => {
  const { server, port } = await listening(createTcpServer());
  await new Promise((resolve) => server.close(resolve));
  const { posted, timings } = await send(`${scheme}://127.0.0.1:${port}/`);
  expect(posted).toMatchObject({ outcome: "broken", wasSent: false, reason: "ECONNREFUSED" });
  expect(timings).toEqual({ ...none, connectMs: measured });
});

test("a name that nobody has ends a call in asking for it", async () => {
  const { posted, timings } = await send("https://nobody.invalid/");
  expect(posted.outcome).not.toBe("answered");
  expect(timings).toEqual({ ...none, dnsMs: measured });
});

const anonymous = "AECDH-AES128-SHA:@SECLEVEL=0";

/** A handshake without a certificate, so that this test needs none: nothing of the product may allow it. */
function allowAnonymousServers(): void {
  const { DEFAULT_CIPHERS: ciphers, DEFAULT_MAX_VERSION: version } = tls;
  const refusal = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  Object.assign(tls, { DEFAULT_CIPHERS: anonymous, DEFAULT_MAX_VERSION: "TLSv1.2" });
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  onTestFinished(() => {
    Object.assign(tls, { DEFAULT_CIPHERS: ciphers, DEFAULT_MAX_VERSION: version });
    if (refusal === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = refusal;
  });
}
