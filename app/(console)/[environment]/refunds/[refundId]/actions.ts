"use server";

import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { RefundId } from "@/lib/domain/ids";
import { SettleRefundInput, settleAttention } from "@/lib/payments/settle-attention";
import { askRefund } from "@/lib/refunds/ask-refund";
import { stopRefund } from "@/lib/refunds/stop-refund";

const OneRefund = z.object({ refundId: RefundId });

export const askRefundAction = defineScopedAction(
  { permission: "refunds:ask", input: OneRefund },
  (scope, { refundId }) => askRefund(scope, refundId),
);

export const stopRefundAction = defineScopedAction(
  { permission: "refunds:create", input: OneRefund },
  (scope, { refundId }) => stopRefund(scope, refundId),
);

export const settleRefundAction = defineScopedAction(
  { permission: "refunds:settle", input: SettleRefundInput },
  (scope, input, { address }) => settleAttention(scope, input, address),
);
