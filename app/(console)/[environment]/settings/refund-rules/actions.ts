"use server";

import { defineScopedAction } from "@/lib/actions/define-action";
import { changeHold, changeRefundLimit } from "@/lib/refunds/change-refund-rules";
import { HoldInput, RefundLimitInput } from "@/lib/refunds/refund-rules-input";

export const changeHoldAction = defineScopedAction(
  { permission: "refund-rules:write", input: HoldInput },
  (scope, { holdSeconds }, { address }) => changeHold(scope, holdSeconds, address),
);

export const changeRefundLimitAction = defineScopedAction(
  { permission: "refund-rules:write", input: RefundLimitInput },
  (scope, limit, { address }) => changeRefundLimit(scope, limit, address),
);
