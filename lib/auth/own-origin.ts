import { err, ok, type Result } from "@/lib/domain/result";
import { fromTheProxy } from "./proxy-chain";

export type OriginProblem = "no-origin" | "foreign-origin" | "cross-site";

/**
 * Proof that a change was asked for by a page of this very console: the browser names the origin, and it is the host the
 * browser used to reach us. The framework lets requests without an origin pass, and believes a forwarded host from anybody.
 *
 * @param hops  how many reverse proxies of ours write the forwarded headers; with none, nobody may
 */
export function proveOwnOrigin(headers: Headers, hops: number): Result<void, OriginProblem> {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return err("cross-site");
  const origin = headers.get("origin");
  if (origin === null) return err("no-origin");
  const host = hostOf(headers, hops);
  return host !== null && hostIn(origin) === host ? ok(undefined) : err("foreign-origin");
}

/** The host in the address bar, as far as we may believe it. */
function hostOf(headers: Headers, hops: number): string | null {
  const forwarded = fromTheProxy(headers.get("x-forwarded-host"), hops);
  return (forwarded ?? headers.get("host"))?.toLowerCase() ?? null;
}

/** `null` is what browsers send for pages without an origin, and it never equals a host. */
function hostIn(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const url = new URL(origin);
  return ["http:", "https:"].includes(url.protocol) ? url.host : null;
}
