"use server";

import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { RefundId } from "@/lib/domain/ids";
import { askRefund } from "@/lib/refunds/ask-refund";

export const askRefundAction = defineScopedAction(
  { permission: "refunds:ask", input: z.object({ refundId: RefundId }) },
  (scope, { refundId }) => askRefund(scope, refundId),
);
