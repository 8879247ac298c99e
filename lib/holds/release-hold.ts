import { z } from "zod";
import { HoldActNo, PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import type { Problem } from "@/lib/domain/problem";
import { err, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { actOnHold, earlierAct, type HoldAct, type HoldOutcome, readyHold } from "./act-on-hold";

export const ReleaseHoldInput = z.object({ paymentId: PaymentId, number: HoldActNo });
export type ReleaseHoldInput = z.infer<typeof ReleaseHoldInput>;

/** Gives held money free, all of it. Nothing is taken from the payer. */
export async function releaseHold(
  scope: Scope,
  { paymentId, number }: ReleaseHoldInput,
): Promise<Result<HoldOutcome, Problem>> {
  const refusal = refusalFor(scope, "holds:release");
  if (refusal) return err(refusal);
  const act: HoldAct = { kind: "release", paymentId, number, amount: null };
  const ready = await readyHold(scope, act);
  // A second click finds the hold busy with what the first one began.
  if (!ready.ok) return (await earlierAct(scope, act)) ?? ready;
  return actOnHold(scope, act, ready.value);
}
