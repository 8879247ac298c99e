import { z } from "zod";
import type { WireFields } from "@/lib/gateway/fields";
import { AnswerAmount, AnswerNumber, AnswerText, AnswerTime, type Reading, readTolerantly } from "./answer-values";

/**
 * Everything that the gateway says about a payment anywhere: in the answers of order, query, close and cancel, and in
 * its notifications. Names are the protocol's.
 *
 * Source: gateway-protocol 3.1.2, 3.3.2, 3.5 and 6.3.
 */
const PaymentFields = z.object({
  payOrderId: AnswerText,
  mchOrderNo: AnswerText,
  mchNo: AnswerText,
  appId: AnswerText,
  ifCode: AnswerText,
  wayCode: AnswerText,
  amount: AnswerAmount,
  currency: AnswerText,
  state: AnswerNumber,
  orderState: AnswerNumber,
  clientIp: AnswerText,
  subject: AnswerText,
  body: AnswerText,
  channelOrderNo: AnswerText,
  errCode: AnswerText,
  errMsg: AnswerText,
  extParam: AnswerText,
  payDataType: AnswerText,
  payData: AnswerText,
  successTime: AnswerTime,
  createdAt: AnswerTime,
  createdTime: AnswerTime,
  reqTime: AnswerTime,
});

type PaymentValues = Omit<z.infer<typeof PaymentFields>, "state" | "orderState" | "createdTime">;

/** `gatewayState` is the gateway's number (5.1), `null` when absent or unreadable; `payDataType` is in lower case. */
export type PaymentAnswer = PaymentValues & Reading & { readonly gatewayState: number | null };

/** A close answers with an empty object as a rule; whatever stands in it is read like a payment. */
export type CloseAnswer = PaymentAnswer;

/** What a cancel answers is not published, so it is read like a payment. */
export type CancelAnswer = PaymentAnswer;

/** Never fails: what cannot be read is `null` and named in `oddFields`. */
export function readPaymentAnswer(fields: WireFields): PaymentAnswer {
  const { values, oddFields, extra } = readTolerantly(PaymentFields, fields);
  const { state, orderState, createdTime, createdAt, payDataType, ...rest } = values;
  const contradicts = state !== null && orderState !== null && state !== orderState;
  return {
    ...rest,
    gatewayState: contradicts ? null : (state ?? orderState),
    createdAt: createdAt ?? createdTime,
    payDataType: payDataType?.toLowerCase() ?? null,
    oddFields: contradicts ? [...oddFields, "state", "orderState"] : oddFields,
    extra,
    fields,
  };
}
