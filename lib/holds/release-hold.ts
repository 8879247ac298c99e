import { z } from "zod";
import { HoldActNo, PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import type { Problem } from "@/lib/domain/problem";
import { err, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { actOnHold, type HoldOutcome } from "./act-on-hold";

export const ReleaseHoldInput = z.object({ paymentId: PaymentId, number: HoldActNo });
export type ReleaseHoldInput = z.infer<typeof ReleaseHoldInput>;

/** Gives held money free, all of it. Nothing is taken from the payer. */
export async function releaseHold(
  scope: Scope,
  { paymentId, number }: ReleaseHoldInput,
): Promise<Result<HoldOutcome, Problem>> {
  const refusal = refusalFor(scope, "holds:release");
  if (refusal) return err(refusal);
  return actOnHold(scope, { kind: "release", paymentId, number, amount: null });
}
