import { addCredential } from "@/lib/credentials/add-credential";
import { addNextSecret } from "@/lib/credentials/add-next-secret";
import { NewCredential } from "@/lib/credentials/credential-input";
import { abortRotation, forceRetireSecret } from "@/lib/credentials/end-secret";
import { goBackToSecret, promoteSecret } from "@/lib/credentials/promote-secret";
import { MchOrderNo, MchRefundNo, PaymentId, RefundId, RefundRequestId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { CompleteHoldInput, completeHold } from "@/lib/holds/complete-hold";
import { ReleaseHoldInput, releaseHold } from "@/lib/holds/release-hold";
import { askPayment } from "@/lib/payments/ask-payment";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { runDuePlans } from "@/lib/refund-plans/run-due-plans";
import { askRefund } from "@/lib/refunds/ask-refund";
import { createRefund } from "@/lib/refunds/create-refund";
import { approveRefund, endRequest } from "@/lib/refunds/decide-request";
import { stopRefund } from "@/lib/refunds/stop-refund";

/** One thing a person asks for, as plain data: another process can do it. */
export type Act =
  | { kind: "create"; mchOrderNo: string; hold?: "1" }
  | { kind: "refund"; paymentId: string; mchRefundNo: string; amount: string }
  | { kind: "close" | "cancel" | "ask"; paymentId: string }
  | { kind: "ask refund" | "stop"; refundId: string }
  | { kind: "approve" | "decline"; requestId: string }
  | { kind: "complete hold" | "release hold"; paymentId: string; number: string }
  | { kind: "run plans" }
  | { kind: "add credential"; credential: Record<string, string> }
  | { kind: "add next secret"; credentialId: string; secret: string }
  | { kind: "promote secret" | "go back to secret" | "abort rotation"; credentialId: string }
  | { kind: "retire secret"; credentialId: string; fingerprint: string };

export function perform(operator: Scope, act: Act): Promise<unknown> {
  switch (act.kind) {
    case "create": {
      const mchOrderNo = MchOrderNo.parse(act.mchOrderNo);
      const asTyped = { mchOrderNo, wayCode: "WX_QR", amount: "10.00", subject: "Tea", hold: act.hold ?? "" };
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
    case "decline": {
      const seen = { requestId: RefundRequestId.parse(act.requestId), revision: 1 };
      return endRequest(operator, seen, { to: "declined", note: null });
    }
    case "stop":
      return stopRefund(operator, RefundId.parse(act.refundId));
    case "ask refund":
      return askRefund(operator, RefundId.parse(act.refundId));
    case "complete hold": {
      const input = { paymentId: act.paymentId, number: act.number, amount: "10.00" };
      return completeHold(operator, CompleteHoldInput.parse(input));
    }
    case "release hold":
      return releaseHold(operator, ReleaseHoldInput.parse(act));
    case "run plans":
      return runDuePlans({ plans: 4, linesEach: 5 });
    case "add credential": {
      const by = { actor: { kind: "person" as const, personId: operator.viewer.personId }, address: null };
      return addCredential(by, operator.environment, NewCredential.parse(act.credential));
    }
    case "add next secret":
      return addNextSecret(stepOf(operator), { ...act, secret: new Secret(act.secret) });
    case "promote secret":
      return promoteSecret(stepOf(operator), act);
    case "go back to secret":
      return goBackToSecret(stepOf(operator), act);
    case "abort rotation":
      return abortRotation(stepOf(operator), act);
    case "retire secret":
      return forceRetireSecret(stepOf(operator), act);
  }
}

function stepOf(scope: Scope) {
  return { scope, address: null };
}

/** Why an act did not happen, `null` where it did. */
export function refusalOf(result: unknown): string | null {
  if (typeof result !== "object" || result === null || !("ok" in result) || result.ok === true) return null;
  const { error } = result as { error?: { kind?: string } };
  return error?.kind ?? "refused";
}
