"use server";

import { defineAction } from "@/lib/actions/define-action";
import { ConsoleAccessInput, changeConsoleAccess } from "@/lib/people/change-console-access";

export const changeConsoleAccessAction = defineAction(
  { permission: "console-access:write", input: ConsoleAccessInput },
  (viewer, input, { address }) => changeConsoleAccess(viewer, input, address),
);
