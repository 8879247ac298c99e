import "server-only";
import { headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { Environment } from "@/lib/domain/environment";
import type { Permission } from "@/lib/domain/roles";
import type { Scope, Viewer } from "@/lib/domain/viewer";
import { scopeOf } from "./current-scope";
import { viewerWith } from "./current-viewer";
import { pathHeader, signInAddress } from "./return-path";

/**
 * The signed-in person, for a page. Whoever is signed out is sent to sign in and comes back; whoever lacks the right, or
 * comes from an address that it is closed to, sees `forbidden.tsx`.
 */
export async function requireViewer(permission?: Permission): Promise<Viewer> {
  const asked = await viewerWith(permission);
  if (asked.ok) return asked.viewer;
  if (asked.hindrance === "signed-out") redirect(signInAddress((await headers()).get(pathHeader)));
  forbidden();
}

/** What the signed-in person may see of the environment in the address. An environment that does not exist is not found. */
export async function requireScope(environment: string, permission: Permission): Promise<Scope> {
  const viewer = await requireViewer(permission);
  const named = Environment.safeParse(environment);
  if (!named.success) notFound();
  return scopeOf(viewer, named.data);
}
