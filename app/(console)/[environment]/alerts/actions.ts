"use server";

import { defineScopedAction } from "@/lib/actions/define-action";
import { AlertLimitsInput, changeAlertLimits } from "@/lib/alerts/change-alert-limits";

export const changeAlertLimitsAction = defineScopedAction(
  { permission: "alert-rules:write", input: AlertLimitsInput },
  (scope, limits, { address }) => changeAlertLimits(scope, limits, address),
);
