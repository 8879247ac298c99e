"use server";

import { defineScopedAction } from "@/lib/actions/define-action";
import { changeRetention, RetentionInput } from "@/lib/notifications/change-retention";

export const changeRetentionAction = defineScopedAction(
  { permission: "retention:write", input: RetentionInput },
  (scope, { months }, { address }) => changeRetention(scope, months, address),
);
