import type { CheckedRequest } from "../gateway-request";

/** What fits into the gateway's own record. Source: gateway-protocol 3.1.1, 3.5, 3.6.1 and section 9 (columns). */
const longest: Readonly<Record<string, number>> = {
  mchOrderNo: 64,
  mchRefundNo: 64,
  currency: 3,
  clientIp: 32,
  subject: 64,
  body: 256,
  refundReason: 256,
  notifyUrl: 256,
  returnUrl: 256,
  channelExtra: 512,
  extParam: 128,
};

/** A value that its column cannot hold: the insert fails, so nothing is stored. */
export function isTooLong(request: CheckedRequest): boolean {
  const isLong = Object.entries(longest).some(([name, length]) => [...(request.text(name) ?? "")].length > length);
  // Sums are kept as JSON numbers here.
  return isLong || ["amount", "refundAmount"].some((name) => Number(request.text(name) ?? 0) > Number.MAX_SAFE_INTEGER);
}

export function optionalTexts(request: CheckedRequest) {
  return {
    notifyUrl: request.text("notifyUrl"),
    returnUrl: request.text("returnUrl"),
    extParam: request.text("extParam"),
    channelExtra: request.text("channelExtra"),
  };
}
