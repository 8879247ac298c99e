/** The type of a member of a request as the reference server declares it. Numbers are read before they are signed. */
export type MemberType = "text" | "long" | "int" | "byte";

const envelope = {
  mchNo: "text",
  appId: "text",
  reqTime: "text",
  version: "text",
  signType: "text",
  sign: "text",
} as const;

const transfer = {
  ...envelope,
  mchOrderNo: "text",
  ifCode: "text",
  entryType: "text",
  amount: "long",
  currency: "text",
  accountNo: "text",
  accountName: "text",
  bankName: "text",
  clientIp: "text",
  transferDesc: "text",
  notifyUrl: "text",
  channelExtra: "text",
  extParam: "text",
} as const;

/**
 * The members that each endpoint knows; all others vanish before the signature is checked.
 *
 * Source: gateway-protocol 3.1.1 to 3.10 (request classes `UnifiedOrderRQ`, `RefundOrderRQ` … of the reference server);
 * `cancel`, which the reference server does not have, by 3.5.
 */
export const typedEndpoints = {
  unifiedOrder: {
    ...envelope,
    mchOrderNo: "text",
    wayCode: "text",
    amount: "long",
    currency: "text",
    clientIp: "text",
    subject: "text",
    body: "text",
    notifyUrl: "text",
    returnUrl: "text",
    expiredTime: "int",
    channelExtra: "text",
    extParam: "text",
    divisionMode: "byte",
  },
  query: { ...envelope, mchOrderNo: "text", payOrderId: "text" },
  close: { ...envelope, mchOrderNo: "text", payOrderId: "text" },
  cancel: {
    ...envelope,
    mchOrderNo: "text",
    payOrderId: "text",
    clientIp: "text",
    notifyUrl: "text",
    channelExtra: "text",
    extParam: "text",
  },
  refundOrder: {
    ...envelope,
    mchOrderNo: "text",
    payOrderId: "text",
    mchRefundNo: "text",
    refundAmount: "long",
    currency: "text",
    clientIp: "text",
    refundReason: "text",
    notifyUrl: "text",
    channelExtra: "text",
    extParam: "text",
  },
  refundQuery: { ...envelope, mchRefundNo: "text", refundOrderId: "text" },
  transferOrder: transfer,
  transferQuery: { ...envelope, mchOrderNo: "text", transferId: "text" },
  divisionBind: {
    ...envelope,
    ifCode: "text",
    receiverAlias: "text",
    receiverGroupId: "long",
    accType: "byte",
    accNo: "text",
    accName: "text",
    relationType: "text",
    relationTypeName: "text",
    channelExtInfo: "text",
    divisionProfit: "text",
  },
  divisionExec: {
    ...envelope,
    mchOrderNo: "text",
    payOrderId: "text",
    useSysAutoDivisionReceivers: "byte",
    receivers: "text",
  },
  channelUserId: { ...envelope, ifCode: "text", redirectUrl: "text", extParam: "text" },
} as const satisfies Record<string, Readonly<Record<string, MemberType>>>;

export type GatewayEndpoint = keyof typeof typedEndpoints;

export const gatewayEndpoints = Object.keys(typedEndpoints).filter(isGatewayEndpoint);

/** Endpoints that a program asks; to the one left out a browser goes itself. */
export type AskedEndpoint = Exclude<GatewayEndpoint, "channelUserId">;

/** Where each is, below the base address. Source: gateway-protocol 3. */
export const endpointPaths: Readonly<Record<AskedEndpoint, string>> = {
  unifiedOrder: "/api/pay/unifiedOrder",
  query: "/api/pay/query",
  close: "/api/pay/close",
  cancel: "/api/pay/cancel",
  refundOrder: "/api/refund/refundOrder",
  refundQuery: "/api/refund/query",
  transferOrder: "/api/transferOrder",
  transferQuery: "/api/transfer/query",
  divisionBind: "/api/division/receiver/bind",
  divisionExec: "/api/division/exec",
};

export function isGatewayEndpoint(name: string): name is GatewayEndpoint {
  return Object.hasOwn(typedEndpoints, name);
}
