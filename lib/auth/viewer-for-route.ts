import "server-only";
import { settings } from "@/lib/config/settings";
import { Environment } from "@/lib/domain/environment";
import type { Permission } from "@/lib/domain/roles";
import type { Scope, Viewer } from "@/lib/domain/viewer";
import { closedSentence } from "./closed-to-address";
import { scopeOf } from "./current-scope";
import { viewerWith } from "./current-viewer";
import { proveOwnOrigin } from "./own-origin";
import { whoMay } from "./who-may";

type RouteViewer = { ok: true; viewer: Viewer } | { ok: false; response: Response };
type RouteScope = { ok: true; scope: Scope } | { ok: false; response: Response };

/**
 * The signed-in person, for a route handler. Anything but GET and HEAD must also prove its origin.
 *
 * @returns when it may not be: the response to give, 401 or 403 as JSON
 */
export async function viewerForRoute(request: Request, permission: Permission): Promise<RouteViewer> {
  if (!["GET", "HEAD"].includes(request.method)) {
    const proof = proveOwnOrigin(request.headers, settings().trustedProxyHops);
    if (!proof.ok) return refuse(403, proof.error, "This request did not come from the console itself.");
  }
  const asked = await viewerWith(permission);
  if (asked.ok) return asked;
  if (asked.hindrance === "signed-out") return refuse(401, "signed-out", "Sign in first.");
  if (asked.hindrance === "role") return refuse(403, "forbidden", await whoMay(permission));
  return refuse(403, "closed-to-address", await closedSentence(asked.hindrance));
}

/** The same with the environment in the address; one that does not exist is answered 404. */
export async function scopeForRoute(
  request: Request,
  environment: string,
  permission: Permission,
): Promise<RouteScope> {
  const asked = await viewerForRoute(request, permission);
  if (!asked.ok) return asked;
  const named = Environment.safeParse(environment);
  if (!named.success) return refuse(404, "unknown-environment", "The environments are test and production.");
  return { ok: true, scope: await scopeOf(asked.viewer, named.data) };
}

function refuse(status: number, error: string, message: string): { ok: false; response: Response } {
  const response = Response.json({ error, message }, { status, headers: { "cache-control": "no-store" } });
  return { ok: false, response };
}
