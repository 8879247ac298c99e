import { AsyncLocalStorage } from "node:async_hooks";
import { vi } from "vitest";

/** The headers of the request that is being answered, where the framework would keep them. */
export const requestHeaders = new AsyncLocalStorage<Headers>();

/** What stands in for `next/headers` outside of the framework. */
export function headersOfRequest() {
  const now = () => requestHeaders.getStore() ?? new Headers();
  const cookiesNow = () =>
    new Map((now().get("cookie") ?? "").split("; ").map((pair): [string, string] => splitPair(pair)));
  return {
    headers: async () => now(),
    cookies: async () => ({
      get: (name: string) => {
        const value = cookiesNow().get(name);
        return value === undefined ? undefined : { name, value };
      },
      set: vi.fn(),
    }),
  };
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
}
