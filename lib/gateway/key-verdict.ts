import type { Result } from "@/lib/domain/result";
import type { GatewayFailure } from "./failures";
import type { MessageClass } from "./messages";

/** What an answer says about the key that signed the request; `unclear` where it says nothing about it. */
export type KeyVerdict = "taken" | "refused" | "unclear";

/**
 * Whether the gateway took the signature of a request. It checks merchant, application and signature before it looks at
 * what it is asked, so whoever hears of the order's own circumstances has signed right, and whoever is told that the
 * signature is wrong has brought about nothing.
 *
 * Source: gateway-protocol 3.0, the order of validation.
 */
export function keyVerdictOf(result: Result<unknown, GatewayFailure>): KeyVerdict {
  if (result.ok) return "taken";
  const failure = result.error;
  if (failure.kind === "duplicate") return "taken";
  if (failure.kind !== "refused") return "unclear";
  if (failure.class === "signature") return "refused";
  return judgedAfterSignature.has(failure.class) ? "taken" : "unclear";
}

// Words about fields and sums may come before the signature is looked at.
const judgedAfterSignature: ReadonlySet<MessageClass> = new Set(["not-found", "state", "routing"]);
