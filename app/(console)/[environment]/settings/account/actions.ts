"use server";

import { z } from "zod";
import { defineAction } from "@/lib/actions/define-action";
import { SessionId } from "@/lib/domain/ids";
import { changeOwnPassword, endOwnSession } from "@/lib/people/own-account";

const Passwords = z.object({
  password: z.string().min(1, "Write your present password."),
  newPassword: z.string().min(1, "Choose a password."),
});

export const changePasswordAction = defineAction(
  { permission: "self:write", input: Passwords },
  (viewer, input, { address }) => changeOwnPassword(viewer, input, address),
);

export const endSessionAction = defineAction(
  { permission: "self:write", input: z.object({ sessionId: SessionId }) },
  (viewer, input, { address }) => endOwnSession(viewer, input, address),
);
