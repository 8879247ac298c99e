import { z } from "zod";
import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import { type ReservedRefund, readRefundForActing, reserveRefund } from "@/db/commands/refunds";
import { openCredential } from "@/lib/credentials/open-credential";
import { MchRefundNo, newId, PaymentId, RefundId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { amountForInput, formatMoney, parseAmount } from "@/lib/domain/money";
import { possibleActs } from "@/lib/domain/possible-acts";
import { type Problem, problem } from "@/lib/domain/problem";
import { refundReasons } from "@/lib/domain/refund-reasons";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { checkRequest } from "@/lib/gateway/wire/requests";
import { actingPaymentOf } from "@/lib/payments/acting-payment";
import { refundRequestOf, sendRefund } from "./send-refund";

/** A refund as a person types it: the sum in major units, the reason from our list. */
export const CreateRefundInput = z.object({
  paymentId: PaymentId,
  mchRefundNo: MchRefundNo,
  amount: z.string(),
  reason: z.string().refine((code) => refundReasons.some((reason) => reason.code === code), "Choose a reason."),
  note: z.string().trim().max(64, "At most 64 characters.").default(""),
});
export type CreateRefundInput = z.infer<typeof CreateRefundInput>;

/**
 * Gives money back, all or a part. The sum is reserved in the database before the gateway hears of it, so two people
 * cannot refund more than was paid, and the number is fixed, so a repeated click or retry is the same refund.
 *
 * @returns the refund's id also when its outcome is unclear or the gateway refused it: the page says which
 */
export async function createRefund(scope: Scope, input: CreateRefundInput): Promise<Result<RefundId, Problem>> {
  const refusal = refusalFor(scope, "refunds:create");
  if (refusal) return err(refusal);
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), input.paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential) return err(problem("not-found", "There is no such payment in this environment."));

  const reason = refundReasons.find(({ code }) => code === input.reason);
  if (reason?.code === "other" && input.note === "") {
    return err(
      problem("invalid-refund", "The reason is missing.", { note: ["Write the reason; it goes to the gateway."] }),
    );
  }
  const amount = parseAmount(input.amount, payment.currency);
  if (!amount.ok) return err(problem("invalid-refund", amount.error.message, { amount: [amount.error.message] }));
  const reasonText = reason?.code === "other" ? input.note : (reason?.label ?? input.reason);
  const { mchRefundNo } = input;
  const request = refundRequestOf({ ...payment, mchRefundNo, amount: amount.value, reason: reasonText }, credential);
  const problems = checkRequest("refundOrder", request);
  const first = problems[0];
  if (first) return err(problem("invalid-refund", first.message, { [formFieldOf(first.field)]: [first.message] }));

  const reserved = await reserveRefund(
    sqlClient(),
    payment.merchantId,
    {
      id: newId(RefundId),
      paymentId: payment.id,
      mchRefundNo,
      amount: amount.value,
      reason: reasonText,
      note: input.note === "" || reason?.code === "other" ? null : input.note,
    },
    scope.viewer.personId,
  );
  if (reserved.outcome === "repeated") return ok(reserved.id);
  if (reserved.outcome !== "reserved") return err(await whyNot(scope, payment, reserved.outcome));

  const { environment } = scope;
  announceChange(sqlClient(), { environment, merchantId: payment.merchantId, paymentId: payment.id });
  const refund = await readRefundForActing(sqlClient(), [payment.merchantId], reserved.id);
  if (refund) await sendRefund(credential, refund, scope.viewer.personId);
  return ok(reserved.id);
}

function formFieldOf(field: string): string {
  if (field === "refundAmount") return "amount";
  return field === "refundReason" ? "note" : field;
}

type Refused = Exclude<ReservedRefund["outcome"], "reserved" | "repeated">;

/** The database said no; looks once more to say why in today's figures. */
async function whyNot(scope: Scope, before: PaymentForActing, outcome: Refused): Promise<Problem> {
  if (outcome === "number-taken") {
    return problem(
      "number-taken",
      "This refund number was used for another refund. Open the form again for a new one.",
    );
  }
  const payment = (await readPaymentForActing(sqlClient(), merchantIdsOf(scope), before.id)) ?? before;
  const possible = possibleActs(actingPaymentOf(payment), payment.now).refund;
  if (!possible.isPossible) return problem(outcome, `${possible.why}. Nothing was sent.`);
  if (outcome === "one-under-way") {
    return problem(outcome, "Another refund of this payment is under way. Wait for its result. Nothing was sent.");
  }
  const rest = payment.amount - payment.reservedAmount;
  const message = `Only ${formatMoney(rest, payment.currency)} can still be refunded. Write ${amountForInput(rest, payment.currency)} or less.`;
  return problem(outcome, `${message} Nothing was sent.`, { amount: [message] });
}
