import { z } from "zod";
import type { WireFields } from "@/lib/gateway/fields";
import { AnswerAmount, AnswerNumber, AnswerText, AnswerTime, type Reading, readTolerantly } from "./answer-values";

/**
 * Everything that the gateway says about a refund: in the answers of refund and refund query, and in its notifications.
 *
 * Source: gateway-protocol 3.6.2, 3.7 and 6.3.
 */
const RefundFields = z.object({
  refundOrderId: AnswerText,
  mchRefundNo: AnswerText,
  payOrderId: AnswerText,
  mchOrderNo: AnswerText,
  mchNo: AnswerText,
  appId: AnswerText,
  payAmount: AnswerAmount,
  refundAmount: AnswerAmount,
  currency: AnswerText,
  state: AnswerNumber,
  orderState: AnswerNumber,
  channelOrderNo: AnswerText,
  errCode: AnswerText,
  errMsg: AnswerText,
  extParam: AnswerText,
  successTime: AnswerTime,
  createdAt: AnswerTime,
  reqTime: AnswerTime,
});

type RefundValues = Omit<z.infer<typeof RefundFields>, "state" | "orderState">;

/** `gatewayState` is the gateway's number (5.2), `null` when absent or unreadable. */
export type RefundAnswer = RefundValues & Reading & { readonly gatewayState: number | null };

/** Never fails: what cannot be read is `null` and named in `oddFields`. */
export function readRefundAnswer(fields: WireFields): RefundAnswer {
  const { values, oddFields, extra } = readTolerantly(RefundFields, fields);
  const { state, orderState, ...rest } = values;
  const contradicts = state !== null && orderState !== null && state !== orderState;
  return {
    ...rest,
    gatewayState: contradicts ? null : (state ?? orderState),
    oddFields: contradicts ? [...oddFields, "state", "orderState"] : oddFields,
    extra,
    fields,
  };
}
