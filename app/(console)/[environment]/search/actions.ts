"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { CredentialId, type PaymentId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { adoptPayment } from "@/lib/payments/adopt-payment";
import { adoptRefund } from "@/lib/refunds/adopt-refund";

export const adoptPaymentAction = defineScopedAction(
  {
    permission: "payments:adopt",
    input: z.object({
      number: z.string().trim().min(1, "Write an order number.").max(64, "An order number has 64 characters at most."),
      credentialId: CredentialId.optional(),
    }),
  },
  async (scope, input): Promise<Result<PaymentId, Problem>> => {
    const adopted = await adoptPayment(scope, input);
    if (adopted.ok) redirect(`/${scope.environment}/payments/${adopted.value}`);
    if (adopted.error.kind !== "not-found" || input.credentialId) return adopted;
    const refund = await adoptRefund(scope, input.number);
    if (refund.ok) redirect(`/${scope.environment}/refunds/${refund.value}`);
    return refund.error.kind === "not-found" ? adopted : refund;
  },
);
