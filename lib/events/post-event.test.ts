import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EventPosting, postEvent } from "./post-event";

let server: Server;
let answer: RequestListener;
let received: { path: string | undefined; headers: IncomingHttpHeaders; body: string }[];

beforeEach(async () => {
  received = [];
  answer = (_, response) => void response.end("thank you");
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const headers = { "webhook-id": "e1", "webhook-timestamp": "1614265330", "webhook-signature": "v1,abc" };

function port(): number {
  return (server.address() as AddressInfo).port;
}

function post(change: Partial<EventPosting> = {}) {
  const url = new URL(`http://127.0.0.1:${port()}/events?shop=1`);
  return postEvent({ url, environment: "test", headers, body: '{"subject":"茶"}', ...change });
}

test("the receiver gets the three headers and the very bytes that were signed", async () => {
  expect(await post()).toEqual({
    outcome: "delivered",
    httpStatus: 200,
    answerText: "thank you",
    reason: null,
    retryAfterMs: null,
    host: "127.0.0.1",
  });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    path: "/events?shop=1",
    body: '{"subject":"茶"}',
    headers: { ...headers, "content-type": "application/json", "content-length": "17" },
  });
});

test.each([
  ["120", 120_000],
  ["0", null],
  ["soon", null],
  ["Wed, 21 Oct 2015 07:28:00 GMT", null],
])("a receiver that is busy and says Retry-After: %s asks for %s ms", async (header, waitMs) => {
  answer = (_, response) => void response.writeHead(503, { "retry-after": header }).end();
  expect(await post()).toMatchObject({ outcome: "http-error", retryAfterMs: waitMs });
});

test("a receiver may name the moment from which it takes events again", async () => {
  const moment = new Date(Date.now() + 3_600_000).toUTCString();
  answer = (_, response) => void response.writeHead(429, { "retry-after": moment }).end();
  const { retryAfterMs } = await post();
  expect(retryAfterMs).toBeGreaterThan(3_000_000);
  expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
});

test.each([
  [200, "delivered"],
  [204, "delivered"],
  [302, "redirected"],
  [400, "http-error"],
  [410, "gone"],
  [500, "http-error"],
])("the status %s counts as %s", async (status, outcome) => {
  answer = (_, response) => void response.writeHead(status).end();
  expect(await post()).toMatchObject({ outcome, httpStatus: status });
});

test("a redirect is not followed", async () => {
  answer = (_, response) => void response.writeHead(307, { location: `http://127.0.0.1:${port()}/elsewhere` }).end();
  expect(await post()).toMatchObject({ outcome: "redirected" });
  expect(received.map(({ path }) => path)).toEqual(["/events?shop=1"]);
});

test("an answer without end costs no more than its beginning", async () => {
  answer = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  };
  const posted = await post();
  expect(posted).toMatchObject({ outcome: "delivered", httpStatus: 200 });
  expect(posted.answerText).toHaveLength(4_096);
});

test("a receiver that does not answer is not waited for", async () => {
  answer = () => {};
  expect(await post({ timeoutMs: 50 })).toMatchObject({ outcome: "timed-out", httpStatus: null });
});

test("a status that came before the deadline counts, also when its text never ends", async () => {
  answer = (_, response) => void response.writeHead(200).write("well");
  expect(await post({ timeoutMs: 1_000 })).toMatchObject({ outcome: "delivered", answerText: "well" });
});

test("nobody listens, and a name that nobody knows, are told apart", async () => {
  const nobody = new URL("http://127.0.0.1:1/events");
  expect(await post({ url: nobody })).toMatchObject({ outcome: "unreachable", reason: "ECONNREFUSED" });
  const unknown = Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  const resolve = () => Promise.reject(unknown);
  const named = new URL("https://shop.example/events");
  expect(await post({ url: named, resolve })).toMatchObject({ outcome: "unreachable", reason: "ENOTFOUND" });
});

test("a name service that does not answer does not hold the sender", async () => {
  const url = new URL("https://shop.example/events");
  const resolve = () => new Promise<never>(() => {});
  expect(await post({ url, resolve, timeoutMs: 50 })).toMatchObject({ outcome: "timed-out" });
});

test("in production nothing reaches this machine, by number or by a name that leads here", async () => {
  const inward = [
    `http://127.0.0.1:${port()}/`,
    `https://127.0.0.1:${port()}/`,
    `http://localhost:${port()}/`,
    `http://[::ffff:127.0.0.1]:${port()}/`,
    `http://0.0.0.0:${port()}/`,
    `https://shop.example:${port()}/`,
  ];
  for (const url of inward) {
    const posted = await post({
      url: new URL(url),
      environment: "production",
      resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    });
    expect([url, posted.outcome]).toEqual([url, "refused-address"]);
  }
  expect(received).toEqual([]);
});

test("the connection goes to the address that was checked, whatever the name says a moment later", async () => {
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 as const }];
  };
  const url = new URL(`http://localhost:${port()}/events`);
  expect(await post({ url, resolve })).toMatchObject({ outcome: "delivered", host: "127.0.0.1" });
  expect(asked).toBe(1);
  expect(received[0]?.headers.host).toBe(`localhost:${port()}`);
});
