import type { PaymentForActing } from "@/db/commands/payments";
import { PaymentState } from "@/lib/domain/payment-state";
import type { ActingPayment } from "@/lib/domain/possible-acts";

/** The part of a payment that decides what can be done with it. */
export function actingPaymentOf(payment: PaymentForActing): ActingPayment {
  return {
    state: PaymentState.parse(payment.state),
    amount: payment.amount,
    refundedAmount: payment.refundedAmount,
    reservedAmount: payment.reservedAmount,
    paidAt: payment.paidAt,
    heldAmount: payment.heldAmount,
    openRefund: payment.openRefund,
    hasOpenCancel: payment.cancelStartedAt !== null,
  };
}
