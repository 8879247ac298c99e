"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { PaymentId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { SettlePaymentInput, settleAttention } from "@/lib/payments/settle-attention";
import { askNow } from "@/lib/refunds/ask-now";
import { createRefund } from "@/lib/refunds/create-refund";
import { CreateRefundInput } from "@/lib/refunds/refund-input";

// What went well leads to the payment's page, so only problems come back to the form.
type Outcome = Result<unknown, Problem>;

const OnePayment = z.object({ paymentId: PaymentId });

/** A form has flat names: what the chosen way needs comes as `extra.NAME`, and a typed way code beside the listed one. */
const CreatePaymentForm = z.record(z.string(), z.unknown()).transform(withExtras).pipe(CreatePaymentInput);

export const createPaymentAction = defineScopedAction(
  { permission: "payments:create", input: CreatePaymentForm },
  async (scope, input): Promise<Outcome> => {
    const created = await createPayment(scope, input);
    if (created.ok) redirect(`/${scope.environment}/payments/${created.value}`);
    return created;
  },
);

export const askPaymentAction = defineScopedAction(
  { permission: "payments:ask", input: OnePayment },
  (scope, { paymentId }) => askNow(scope, paymentId),
);

export const settleAttentionAction = defineScopedAction(
  { permission: "payments:settle", input: SettlePaymentInput },
  (scope, input, { address }) => settleAttention(scope, input, address),
);

export const closePaymentAction = defineScopedAction(
  { permission: "payments:close", input: OnePayment },
  async (scope, { paymentId }): Promise<Outcome> => {
    const closed = await closePayment(scope, paymentId);
    if (closed.ok) redirect(`/${scope.environment}/payments/${paymentId}`);
    return closed;
  },
);

export const cancelPaymentAction = defineScopedAction(
  { permission: "payments:cancel", input: OnePayment },
  async (scope, { paymentId }): Promise<Outcome> => {
    const cancelled = await cancelPayment(scope, paymentId);
    if (cancelled.ok) redirect(`/${scope.environment}/payments/${paymentId}`);
    return cancelled;
  },
);

export const createRefundAction = defineScopedAction(
  { permission: "refunds:create", input: CreateRefundInput },
  async (scope, input): Promise<Outcome> => {
    const refunded = await createRefund(scope, input);
    if (refunded.ok) redirect(`/${scope.environment}/payments/${input.paymentId}`);
    return refunded;
  },
);

function withExtras(form: Record<string, unknown>): Record<string, unknown> {
  const extras = Object.entries(form).filter(([name]) => name.startsWith("extra."));
  const extra = Object.fromEntries(extras.map(([name, value]) => [name.slice("extra.".length), value]));
  const typed = String(form["otherWayCode"] ?? "").trim();
  return { ...form, extra, wayCode: typed === "" ? form["wayCode"] : typed };
}
