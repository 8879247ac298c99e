import { z } from "zod";
import type { PaymentForActing } from "@/db/commands/payments";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { MchRefundNo, PaymentId } from "@/lib/domain/ids";
import { type MinorUnits, parseAmount } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { refundReasons } from "@/lib/domain/refund-reasons";
import { err, ok, type Result } from "@/lib/domain/result";
import { secondLookQuestion, unitSuspicion } from "@/lib/domain/unit-guard";
import { checkRequest } from "@/lib/gateway/wire/requests";
import { refundRequestOf } from "./send-refund";

/** A refund as a person types it: the sum in major units, the reason from our list. */
export const CreateRefundInput = z.object({
  paymentId: PaymentId,
  mchRefundNo: MchRefundNo,
  amount: z.string(),
  reason: z.string().refine((code) => refundReasons.some((reason) => reason.code === code), "Choose a reason."),
  note: z.string().trim().max(64, "At most 64 characters.").default(""),
  /** The sum, in minor units, that the person looked at twice because it seemed a slip of units. */
  secondLook: z.string().default(""),
});
export type CreateRefundInput = z.infer<typeof CreateRefundInput>;

export type ValidRefund = { amount: MinorUnits; reason: string; note: string | null };

/** Checks what was typed against the payment and the protocol, before anything is stored. */
export function validRefund(
  input: Omit<CreateRefundInput, "paymentId">,
  payment: Pick<PaymentForActing, "amount" | "reservedAmount" | "currency" | "mchOrderNo" | "payOrderId">,
  credential: Pick<OpenCredential, "id">,
): Result<ValidRefund, Problem> {
  const reason = refundReasons.find(({ code }) => code === input.reason);
  if (reason?.code === "other" && input.note === "") {
    return err(
      problem("invalid-refund", "The reason is missing.", { note: ["Write the reason; it goes to the gateway."] }),
    );
  }
  const { currency } = payment;
  const amount = parseAmount(input.amount, currency);
  if (!amount.ok) return err(problem("invalid-refund", amount.error.message, { amount: [amount.error.message] }));
  const rest = payment.amount - payment.reservedAmount;
  const suspicion = unitSuspicion(amount.value, [payment.amount, rest], currency);
  if (suspicion && input.secondLook !== String(amount.value)) {
    const message = secondLookQuestion(amount.value, suspicion, currency);
    return err(problem("second-look", message, { secondLook: [message] }));
  }
  const reasonText = reason?.code === "other" ? input.note : (reason?.label ?? input.reason);
  const { mchRefundNo } = input;
  const request = refundRequestOf({ ...payment, mchRefundNo, amount: amount.value, reason: reasonText }, credential);
  const first = checkRequest("refundOrder", request)[0];
  if (first) return err(problem("invalid-refund", first.message, { [formFieldOf(first.field)]: [first.message] }));
  const note = input.note === "" || reason?.code === "other" ? null : input.note;
  return ok({ amount: amount.value, reason: reasonText, note });
}

function formFieldOf(field: string): string {
  if (field === "refundAmount") return "amount";
  return field === "refundReason" ? "note" : field;
}
