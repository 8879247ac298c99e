import { type GatewayEndpoint, isGatewayEndpoint } from "@/lib/gateway/typed-endpoints";

/** `null` for what is the name of no endpoint. */
export function endpointNamed(name: string): GatewayEndpoint | null {
  return isGatewayEndpoint(name) ? name : null;
}
