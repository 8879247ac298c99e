import { newMchOrderNo } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import { createGatewayClient } from "@/lib/gateway/client";
import { describeFailure, type GatewayFailure } from "@/lib/gateway/failures";
import { explainMessage } from "@/lib/gateway/messages";

/** What proved a credential: the gateway looked at our signature and then said that it knows no such order. */
export type Proof = "order-not-found" | "signed-answer";

type ProbedSet = {
  baseUrl: string;
  mchNo: string;
  appId: string;
  secret: Secret;
  encoding: "json" | "form";
};

/**
 * Asks the gateway about an order number that was drawn a moment ago: a signed question that changes nothing. The gateway
 * checks merchant, application and signature before it looks for the order, so "no such order" proves all of them.
 *
 * Source: gateway-protocol 3.0, the order of validation.
 */
export async function probeCredential(set: ProbedSet): Promise<Result<Proof, Problem>> {
  const gateway = createGatewayClient({ ...set, timeoutMs: 10_000 });
  const { result } = await gateway.queryPayment({ mchOrderNo: newMchOrderNo() });
  if (result.ok) return ok("signed-answer");
  const failure = result.error;
  if (failure.kind === "refused" && failure.class === "not-found") return ok("order-not-found");
  return err(explain(failure));
}

function explain(failure: GatewayFailure): Problem {
  const said = describeFailure(failure);
  const known = explainMessage(said);
  if (known?.class === "whitelist") {
    const meaning = "message" in failure ? ` ${known.english}.` : "";
    return problem("probe-unclear", `Nothing was saved. ${said}${meaning} ${known.advice}`);
  }
  switch (failure.kind) {
    case "refused":
      return explainRefusal(failure);
    case "bad-signature":
      return at("secret", `${said} The secret is not the one this gateway signs with.`);
    case "gateway-fault":
    case "duplicate":
      return problem("probe-unclear", `${said} Nothing was saved, because this proves nothing. Try again in a minute.`);
    default:
      return at(
        "baseUrl",
        `${said} Check the address: it should be the gateway's own, without a path such as /api/pay.`,
      );
  }
}

function explainRefusal(failure: GatewayFailure & { kind: "refused" }): Problem {
  const english = explainMessage(failure.message)?.english;
  const said = `The gateway answered “${failure.message}”${english ? ` (${english.toLowerCase()})` : ""}.`;
  if (failure.class === "signature") {
    return at("secret", `${said} This secret belongs to another application, or to the other environment.`);
  }
  if (failure.class === "credentials") {
    return at("appId", `${said} Merchant number, application and environment must belong together.`);
  }
  return problem("probe-refused", `${said} Nothing was saved, because this does not prove the credential.`);
}

function at(field: "secret" | "appId" | "baseUrl", message: string): Problem {
  return problem("probe-failed", `Nothing was saved. ${message}`, { [field]: [message] });
}
