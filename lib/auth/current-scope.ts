import "server-only";
import { cache } from "react";
import { merchantsOf } from "@/db/queries/viewer";
import type { Environment } from "@/lib/domain/environment";
import type { Scope, Viewer } from "@/lib/domain/viewer";

const merchantsOnce = cache(merchantsOf);

/** What a checked viewer may see of an environment. The only place that makes a scope. */
export async function scopeOf(viewer: Viewer, environment: Environment): Promise<Scope> {
  return { viewer, environment, merchants: await merchantsOnce(environment) } as unknown as Scope;
}
