import { describe, expect, test } from "vitest";
import { proveOwnOrigin } from "./own-origin";

const host = "console.example";

function judge(headers: Record<string, string>, hops = 0) {
  const proof = proveOwnOrigin(new Headers({ host, ...headers }), hops);
  return proof.ok ? "own" : proof.error;
}

test("a page of the console itself may ask for changes", () => {
  expect(judge({ origin: `https://${host}`, "sec-fetch-site": "same-origin" })).toBe("own");
  expect(judge({ origin: `https://${host}` })).toBe("own");
});

test("a port belongs to the host", () => {
  expect(judge({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" })).toBe("own");
  expect(judge({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3001" })).toBe("foreign-origin");
});

describe("what the framework lets pass is refused:", () => {
  test.each([
    ["no origin at all", {}, "no-origin"],
    ["an origin of null", { origin: "null" }, "foreign-origin"],
    ["a foreign origin", { origin: "https://evil.example" }, "foreign-origin"],
    [
      "a foreign origin with a forwarded host that agrees",
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      "foreign-origin",
    ],
    ["cross-site metadata", { origin: `https://${host}`, "sec-fetch-site": "cross-site" }, "cross-site"],
    ["cross-site metadata without an origin", { "sec-fetch-site": "cross-site" }, "cross-site"],
    ["a neighbour of the same site", { origin: `https://${host}`, "sec-fetch-site": "same-site" }, "cross-site"],
    ["an origin that is no web page", { origin: `file://${host}` }, "foreign-origin"],
    ["a host that only begins like ours", { origin: `https://${host}.evil.example` }, "foreign-origin"],
  ])("%s", (_, headers, problem) => {
    expect(judge(headers)).toBe(problem);
  });
});

test("behind our own proxy the host that the proxy names counts", () => {
  const behind = { host: "10.0.0.5:3000", "x-forwarded-host": host };
  expect(judge({ ...behind, origin: `https://${host}` }, 1)).toBe("own");
  expect(judge({ ...behind, origin: `https://${host}` }, 0)).toBe("foreign-origin");
});

test("a host that a client put before the proxy's own word is not believed", () => {
  const spoofed = { "x-forwarded-host": `evil.example, ${host}` };
  expect(judge({ ...spoofed, origin: "https://evil.example" }, 1)).toBe("foreign-origin");
  expect(judge({ ...spoofed, origin: `https://${host}` }, 1)).toBe("own");
});
