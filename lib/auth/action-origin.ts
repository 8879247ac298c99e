import "server-only";
import { headers } from "next/headers";
import { settings } from "@/lib/config/settings";
import type { Result } from "@/lib/domain/result";
import { type OriginProblem, proveOwnOrigin } from "./own-origin";

/** The proof of `proveOwnOrigin` for the request that is being answered. */
export async function ownOriginOfRequest(): Promise<Result<void, OriginProblem>> {
  return proveOwnOrigin(await headers(), settings().trustedProxyHops);
}
