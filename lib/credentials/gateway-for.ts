import { createGatewayClient, type GatewayClient } from "@/lib/gateway/client";
import type { OpenCredential } from "./open-credential";

/** The gateway of a credential, ready to be asked. Signs with the current secret. */
export function gatewayFor(credential: OpenCredential): GatewayClient {
  return createGatewayClient({
    baseUrl: credential.baseUrl,
    mchNo: credential.mchNo,
    appId: credential.appId,
    secret: credential.current.secret,
    encoding: credential.encoding,
    timeoutMs: answerLimitMs,
  });
}

// Shorter than the time after which the worker asks about an order without an answer.
const answerLimitMs = 15_000;
