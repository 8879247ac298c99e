import { z } from "zod";
import { HoldActNo, PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { formatMoney, parseAmount } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, type Result } from "@/lib/domain/result";
import { secondLookQuestion, unitSuspicion } from "@/lib/domain/unit-guard";
import type { Scope } from "@/lib/domain/viewer";
import { actOnHold, earlierAct, type HoldOutcome, readyHold } from "./act-on-hold";

/** A completion as a person types it: the sum in major units. */
export const CompleteHoldInput = z.object({
  paymentId: PaymentId,
  number: HoldActNo,
  amount: z.string(),
  /** The sum, in minor units, that the person looked at twice because it seemed a slip of units. */
  secondLook: z.string().default(""),
});
export type CompleteHoldInput = z.infer<typeof CompleteHoldInput>;

/** Takes held money: all of it or, where an admin has entered that the gateway allows it, a part. */
export async function completeHold(scope: Scope, input: CompleteHoldInput): Promise<Result<HoldOutcome, Problem>> {
  const refusal = refusalFor(scope, "holds:complete");
  if (refusal) return err(refusal);
  const { paymentId, number } = input;
  const ready = await readyHold(scope, { kind: "complete", paymentId });
  // A second click finds the hold busy with what the first one began.
  if (!ready.ok) return (await earlierAct(scope, { kind: "complete", paymentId, number, amount: null })) ?? ready;
  const { payment, operation } = ready.value;
  const held = payment.heldAmount ?? 0;
  const typed = parseAmount(input.amount, payment.currency);
  if (!typed.ok) return wrongAmount(typed.error.message);
  if (typed.value > held) return wrongAmount(`Only ${formatMoney(held, payment.currency)} is held.`);
  if (typed.value < held && (!operation.isPartAllowed || operation.amountField === null)) {
    return wrongAmount(
      "This gateway takes a hold only as a whole, as far as an admin has entered. Write the whole sum.",
    );
  }
  const suspicion =
    input.secondLook === String(typed.value) ? null : unitSuspicion(typed.value, [held], payment.currency);
  if (suspicion) {
    const question = secondLookQuestion(typed.value, suspicion, payment.currency);
    return err(problem("second-look", question, { secondLook: [question] }));
  }
  return actOnHold(scope, { kind: "complete", paymentId, number, amount: typed.value }, ready.value);
}

function wrongAmount(message: string): Result<never, Problem> {
  return err(problem("invalid-amount", message, { amount: [message] }));
}
