"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { RefundRequestId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { approveRefund, editRequest, endRequest } from "@/lib/refunds/decide-request";
import { CreateRefundInput } from "@/lib/refunds/refund-input";

/** A request as the person saw it. */
const Seen = z.object({ requestId: RefundRequestId, revision: z.coerce.number().int().positive() });

const Noted = Seen.extend({ note: z.string().trim().max(200, "At most 200 characters.").default("") });

/** What went well leads to the refund's page, where it can still be stopped. */
export const approveRequestAction = defineScopedAction(
  { permission: "refunds:approve", input: Seen },
  async (scope, seen): Promise<Result<unknown, Problem>> => {
    const approved = await approveRefund(scope, seen);
    if (approved.ok) redirect(`/${scope.environment}/refunds/${approved.value}`);
    return approved;
  },
);

export const declineRequestAction = defineScopedAction(
  { permission: "refunds:approve", input: Noted },
  (scope, { note, ...seen }) => endRequest(scope, seen, { to: "declined", note: note === "" ? null : note }),
);

export const takeBackRequestAction = defineScopedAction({ permission: "refunds:create", input: Seen }, (scope, seen) =>
  endRequest(scope, seen, { to: "withdrawn", note: null }),
);

export const editRequestAction = defineScopedAction(
  {
    permission: "refunds:create",
    input: Seen.extend(CreateRefundInput.pick({ amount: true, reason: true, note: true, secondLook: true }).shape),
  },
  async (scope, { requestId, revision, ...input }): Promise<Result<unknown, Problem>> => {
    const edited = await editRequest(scope, { requestId, revision }, input);
    if (edited.ok) redirect(`/${scope.environment}/approvals/${requestId}`);
    return edited;
  },
);
