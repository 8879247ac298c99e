import { expect, test } from "vitest";
import { addressBelow, checkBaseUrl } from "./base-url";

test.each([
  "https://gateway.example",
  "https://gateway.example:8443/pay/",
  "http://localhost:4000",
  "http://127.8.9.1",
  "http://[::1]:4000",
])("%s may be a gateway's address", (text) => expect(checkBaseUrl(text).ok).toBe(true));

test.each([
  "http://gateway.example",
  "http://127.0.0.1.gateway.example",
  "http://localhost.gateway.example",
  "http://10.0.0.1",
  "http://[::2]",
  "https://user:pass@gateway.example",
  "https://user@gateway.example",
  "https://gateway.example/?a=1",
  "https://gateway.example/?",
  "https://gateway.example/#x",
  "ftp://gateway.example",
  "javascript:alert(1)",
  "https:gateway.example",
  "https:////gateway.example",
  "gateway.example",
  "",
])("%j may not be a gateway's address", (text) => expect(checkBaseUrl(text).ok).toBe(false));

test("a path in the base address is kept, with or without a slash at its end", () => {
  for (const base of ["https://gateway.example/gw", "https://gateway.example/gw/"]) {
    expect(addressBelow(new URL(base), "/api/pay/query").href).toBe("https://gateway.example/gw/api/pay/query");
  }
});
