import { MchOrderNo, MchRefundNo, PaymentId, RefundId, RefundRequestId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { askPayment } from "@/lib/payments/ask-payment";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { askRefund } from "@/lib/refunds/ask-refund";
import { createRefund } from "@/lib/refunds/create-refund";
import { approveRefund } from "@/lib/refunds/decide-request";
import { stopRefund } from "@/lib/refunds/stop-refund";

/** One thing a person asks for, as plain data: another process can do it. */
export type Act =
  | { kind: "create"; mchOrderNo: string }
  | { kind: "refund"; paymentId: string; mchRefundNo: string; amount: string }
  | { kind: "close" | "cancel" | "ask"; paymentId: string }
  | { kind: "ask refund" | "stop"; refundId: string }
  | { kind: "approve"; requestId: string };

export function perform(operator: Scope, act: Act): Promise<unknown> {
  switch (act.kind) {
    case "create": {
      const mchOrderNo = MchOrderNo.parse(act.mchOrderNo);
      const asTyped = { mchOrderNo, wayCode: "WX_QR", amount: "10.00", subject: "Tea" };
      return createPayment(operator, CreatePaymentInput.parse(asTyped));
    }
    case "refund": {
      const { paymentId, mchRefundNo, amount } = act;
      const numbers = { paymentId: PaymentId.parse(paymentId), mchRefundNo: MchRefundNo.parse(mchRefundNo) };
      return createRefund(operator, { ...numbers, amount, reason: "goodwill", note: "", secondLook: "" });
    }
    case "close":
      return closePayment(operator, PaymentId.parse(act.paymentId));
    case "cancel":
      return cancelPayment(operator, PaymentId.parse(act.paymentId));
    case "ask":
      return askPayment(operator, PaymentId.parse(act.paymentId));
    case "approve":
      return approveRefund(operator, { requestId: RefundRequestId.parse(act.requestId), revision: 1 });
    case "stop":
      return stopRefund(operator, RefundId.parse(act.refundId));
    case "ask refund":
      return askRefund(operator, RefundId.parse(act.refundId));
  }
}
