import type { GatewayEndpoint } from "@/lib/gateway/typed-endpoints";

/** Source: gateway-protocol 3.0. */
const endpointByPath: Readonly<Record<string, GatewayEndpoint>> = {
  "/api/pay/unifiedOrder": "unifiedOrder",
  "/api/pay/query": "query",
  "/api/pay/close": "close",
  "/api/pay/cancel": "cancel",
  "/api/refund/refundOrder": "refundOrder",
  "/api/refund/query": "refundQuery",
  "/api/transferOrder": "transferOrder",
  "/api/transfer/query": "transferQuery",
  "/api/division/receiver/bind": "divisionBind",
  "/api/division/exec": "divisionExec",
  "/api/channelUserId/jump": "channelUserId",
};

/** Which operation an address stands for; a gateway may live below a path of its own. `null` for any other address. */
export function endpointOf(address: string): GatewayEndpoint | null {
  const path = address.replace(/[?#].*$/s, "").replace(/\/+$/, "");
  return Object.entries(endpointByPath).find(([known]) => path.endsWith(known))?.[1] ?? null;
}

/** The query of an address, without its `?`. */
export function queryOf(address: string): string {
  const start = address.indexOf("?");
  return start === -1 ? "" : address.slice(start + 1).replace(/#.*$/s, "");
}
