import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import { insertRefundRequest } from "@/db/commands/refund-control";
import { type ReservedRefund, readRefundForActing } from "@/db/commands/refunds";
import { readRefundRules } from "@/db/queries/refund-rules";
import { openCredential } from "@/lib/credentials/open-credential";
import { newId, RefundId, RefundRequestId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { amountForInput, formatMoney } from "@/lib/domain/money";
import { possibleActs } from "@/lib/domain/possible-acts";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { actingPaymentOf } from "@/lib/payments/acting-payment";
import { type CreateRefundInput, type ValidRefund, validRefund } from "./refund-input";
import { reserveWithinLimits } from "./reserve-within-limits";
import { sendRefund } from "./send-refund";

/** `refund`: stored, and sent now or after its hold. `request`: it waits for a second person. */
export type CreatedRefund = { kind: "refund"; id: RefundId } | { kind: "request"; id: RefundRequestId };

/**
 * Gives money back, all or a part. The sum is reserved in the database before the gateway hears of it, so two people
 * cannot refund more than was paid, and the number is fixed, so a repeated click or retry is the same refund. Above the
 * maker's limit it becomes a request to a second person instead.
 *
 * @returns the refund also when its outcome is unclear or the gateway refused it: the page says which
 */
export async function createRefund(scope: Scope, input: CreateRefundInput): Promise<Result<CreatedRefund, Problem>> {
  const refusal = refusalFor(scope, "refunds:create");
  if (refusal) return err(refusal);
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), input.paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential) return err(problem("not-found", "There is no such payment in this environment."));
  const valid = validRefund(input, payment, credential);
  if (!valid.ok) return valid;

  const { environment, viewer } = scope;
  const rules = await readRefundRules(environment);
  const reserved = await reserveWithinLimits(
    { environment, merchantId: payment.merchantId, rules, now: payment.now },
    {
      id: newId(RefundId),
      paymentId: payment.id,
      mchRefundNo: input.mchRefundNo,
      ...valid.value,
      holdSeconds: rules.holdSeconds,
      origin: "console",
      approvedBy: null,
    },
    viewer,
    payment.currency,
  );
  if (reserved.outcome === "above-limit") return request(scope, payment, input, valid.value, reserved.because);
  if (reserved.outcome === "repeated") return ok({ kind: "refund", id: reserved.id });
  if (reserved.outcome !== "reserved") return err(await whyNotReserved(scope, payment, reserved.outcome));

  announceChange(sqlClient(), { environment, merchantId: payment.merchantId, paymentId: payment.id });
  if (rules.holdSeconds === 0) {
    const refund = await readRefundForActing(sqlClient(), [payment.merchantId], reserved.id);
    if (refund) await sendRefund(credential, refund, viewer.personId);
  }
  return ok({ kind: "refund", id: reserved.id });
}

async function request(
  scope: Scope,
  payment: PaymentForActing,
  { mchRefundNo }: CreateRefundInput,
  valid: ValidRefund,
  because: string,
): Promise<Result<CreatedRefund, Problem>> {
  const { merchantId, id: paymentId } = payment;
  const possible = possibleActs(actingPaymentOf(payment), payment.now).refund;
  if (!possible.isPossible) return err(problem("not-possible", `${possible.why}. Nothing was asked for.`));
  const intent = { id: newId(RefundRequestId), paymentId, mchRefundNo, ...valid, because };
  const id = await insertRefundRequest(sqlClient(), merchantId, intent, scope.viewer.personId);
  if (!id) return err(problem("number-taken", "This refund number is in use. Open the form again for a new one."));
  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId });
  return ok({ kind: "request", id });
}

type Refused = Exclude<ReservedRefund["outcome"], "reserved" | "repeated">;

/** The database said no; looks once more to say why in today's figures. */
export async function whyNotReserved(scope: Scope, before: PaymentForActing, outcome: Refused): Promise<Problem> {
  if (outcome === "number-taken") {
    return problem(outcome, "This refund number was used for another refund. Open the form again for a new one.");
  }
  const payment = (await readPaymentForActing(sqlClient(), merchantIdsOf(scope), before.id)) ?? before;
  const possible = possibleActs(actingPaymentOf(payment), payment.now).refund;
  if (!possible.isPossible) return problem(outcome, `${possible.why}. Nothing was sent.`);
  if (outcome === "one-unclear") {
    return problem(outcome, "It is not known yet whether another refund of this payment happened. Nothing was sent.");
  }
  const rest = payment.amount - payment.reservedAmount;
  const message = `Only ${formatMoney(rest, payment.currency)} can still be refunded. Write ${amountForInput(rest, payment.currency)} or less. Nothing was sent.`;
  return problem(outcome, message, { amount: [message] });
}
