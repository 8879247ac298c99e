"use server";

import { defineScopedAction } from "@/lib/actions/define-action";
import { changeHoldRules } from "@/lib/holds/change-hold-rules";
import { HoldRulesInput } from "@/lib/holds/hold-rules-input";

export const changeHoldRulesAction = defineScopedAction(
  { permission: "hold-rules:write", input: HoldRulesInput },
  (scope, input, { address }) => changeHoldRules(scope, input, address),
);
