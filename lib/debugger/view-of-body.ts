import { UnreadableFields } from "@/lib/gateway/fields";
import { isGatewayEndpoint } from "@/lib/gateway/typed-endpoints";
import { type GatewayView, gatewayView } from "./gateway-view";

/** What the gateway makes of a body that was sent as `json` or `form`; null for what is no message or went elsewhere. */
export function viewOfBody(
  text: string,
  { operation, encoding }: { operation: string; encoding: string },
): GatewayView | null {
  if (!isGatewayEndpoint(operation)) return null;
  const contentType = encoding === "json" ? "application/json" : "application/x-www-form-urlencoded";
  try {
    return gatewayView({ text, endpoint: operation, contentType });
  } catch (cause) {
    if (cause instanceof UnreadableFields) return null;
    throw cause;
  }
}
