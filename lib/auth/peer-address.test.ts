import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientAddress } from "./client-address";
import { notePeerAddresses } from "./peer-address";

let server: http.Server;
let url: string;

beforeAll(async () => {
  notePeerAddresses();
  notePeerAddresses();
  server = http.createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

/** What the server makes of a request with these headers. */
async function noted(headers: Record<string, string>): Promise<Headers> {
  return new Headers(await (await fetch(url, { headers })).json());
}

test("a client cannot choose the address that limits and audit see", async () => {
  const claims = {
    "x-peer-address": "6.6.6.6",
    "x-forwarded-for": "6.6.6.6",
    forwarded: "for=6.6.6.6",
    "x-real-ip": "6.6.6.6",
  };
  expect(clientAddress(await noted(claims), 0)).toBe("127.0.0.1");
});

test("a request of the framework to itself keeps the address of the one it belongs to", async () => {
  const mark = (await noted({})).get("x-peer-address")?.split(" ")[1] ?? "";
  expect(mark.length).toBeGreaterThan(40);
  expect(clientAddress(await noted({ "x-peer-address": `203.0.113.9 ${mark}` }), 0)).toBe("203.0.113.9");
  const forged = [`203.0.113.9 ${"A".repeat(mark.length)}`, "203.0.113.9 ", `203.0.113.9 ${mark}, 1`, mark.slice(1)];
  for (const claim of forged) {
    expect([claim, clientAddress(await noted({ "x-peer-address": claim }), 0)]).toEqual([claim, "127.0.0.1"]);
  }
});
