import type { Order, Refund } from "./records";

/** The members of an answer or a notification; `null` ones are left out of it. */
export type MessageFields = Readonly<Record<string, string | number | null>>;

/** The answer of an order query, and with reqTime and sign the payment notification. Source: gateway-protocol 3.3.2, 6.3. */
export function orderFields(order: Order): MessageFields {
  return {
    payOrderId: order.payOrderId,
    mchNo: order.mchNo,
    appId: order.appId,
    mchOrderNo: order.mchOrderNo,
    ifCode: order.ifCode,
    wayCode: order.wayCode,
    amount: order.amount,
    currency: order.currency,
    state: order.state,
    clientIp: order.clientIp,
    subject: order.subject,
    body: order.body,
    channelOrderNo: order.channelOrderNo,
    errCode: order.errCode,
    errMsg: order.errMsg,
    extParam: order.extParam,
    successTime: order.successTime,
    createdAt: order.createdAt,
  };
}

/** The answer of a refund query, and with reqTime and sign the refund notification. Source: gateway-protocol 3.7, 6.3. */
export function refundFields(refund: Refund): MessageFields {
  return {
    refundOrderId: refund.refundOrderId,
    payOrderId: refund.payOrderId,
    mchNo: refund.mchNo,
    appId: refund.appId,
    mchRefundNo: refund.mchRefundNo,
    payAmount: refund.payAmount,
    refundAmount: refund.refundAmount,
    currency: refund.currency,
    state: refund.state,
    channelOrderNo: refund.channelOrderNo,
    errCode: refund.errCode,
    errMsg: refund.errMsg,
    extParam: refund.extParam,
    successTime: refund.successTime,
    createdAt: refund.createdAt,
  };
}

/** Fields that no published version of the protocol has: a client must sign along whatever arrives. */
export const unknownFields: MessageFields = { futureField: "a new field", zoneHint: "HK-1", AnotherField: 7 };

export function withoutNulls(fields: MessageFields): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string | number] => entry[1] !== null),
  );
}
