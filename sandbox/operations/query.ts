import { type Answer, accepted } from "../answers";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { orderFields } from "../messages";
import { findOrder } from "./find";

/** Reads the gateway's own record. Source: gateway-protocol 3.3. */
export function query(gateway: Gateway, request: CheckedRequest): Answer {
  const order = findOrder(gateway, request);
  return order.ok ? accepted(orderFields(order.value)) : order.error;
}
