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

test("a client cannot choose the address that limits and audit see", async () => {
  const claims = {
    "x-peer-address": "6.6.6.6",
    "x-forwarded-for": "6.6.6.6",
    forwarded: "for=6.6.6.6",
    "x-real-ip": "6.6.6.6",
  };
  const headers = new Headers(await (await fetch(url, { headers: claims })).json());
  expect(clientAddress(headers, 0)).toBe("127.0.0.1");
});
