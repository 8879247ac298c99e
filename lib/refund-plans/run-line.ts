import { inSqlTransaction, sqlClient } from "@/db/client";
import { type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import { insertRefundRequest } from "@/db/commands/refund-control";
import { type ClaimedPlan, type LineEnd, type NextLine, settleLine } from "@/db/commands/refund-plan-run";
import { type ReservedRefund, readRefundForActing } from "@/db/commands/refunds";
import { readRefundRules } from "@/db/queries/refund-rules";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { newId, RefundId, RefundRequestId } from "@/lib/domain/ids";
import { formatMoney } from "@/lib/domain/money";
import { possibleActs } from "@/lib/domain/possible-acts";
import type { Role } from "@/lib/domain/roles";
import { actingPaymentOf } from "@/lib/payments/acting-payment";
import { reserveWithinLimits } from "@/lib/refunds/reserve-within-limits";
import { sendRefund } from "@/lib/refunds/send-refund";

/** `next`: the line has ended. `over-budget`: it waits, for its sum does not fit. `lost`: the plan runs here no longer. */
type LineTurn = "next" | "over-budget" | "lost";

type Sql = Parameters<typeof settleLine>[0];

/**
 * One line's turn: the refund is reserved as any other, in one transaction with the budget and the end of the line, and
 * only then sent. A crash before the commit leaves the line waiting; after it the refund is the worker's to send or to
 * ask about, under the number that the line has had from the beginning.
 */
export async function runLine(plan: ClaimedPlan, role: Role, line: NextLine): Promise<LineTurn> {
  const payment = await readPaymentForActing(sqlClient(), [plan.merchantId], line.paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential) return endWithout(plan, line, "The credential of this payment cannot be used.");
  const { refund: possible } = possibleActs(actingPaymentOf(payment), payment.now);
  if (!possible.isPossible) return endWithout(plan, line, `${possible.why}.`);
  return turnOf(() => makeRefund({ plan, role, line, payment, credential }));
}

type Turn = { plan: ClaimedPlan; role: Role; line: NextLine; payment: PaymentForActing; credential: OpenCredential };

async function makeRefund({ plan, role, line, payment, credential }: Turn): Promise<void> {
  const { merchantId, environment, createdBy } = plan;
  const { paymentId, mchRefundNo, amount, reason, note } = line;
  const rules = await readRefundRules(environment);
  const reserved = await reserveWithinLimits(
    { environment, merchantId, rules, now: payment.now },
    // The hold was before the first line: a plan that is paused sends nothing more.
    {
      ...{ id: newId(RefundId), paymentId, mchRefundNo, amount, reason, note },
      ...{ holdSeconds: 0, origin: "plan", approvedBy: null },
    },
    { personId: createdBy, role },
    line.currency,
    (sql, refundId) => settle(sql, plan, line, { state: "made", refundId }),
  );
  if (reserved.outcome === "above-limit") return request(plan, line, reserved.because);
  if (reserved.outcome !== "reserved" && reserved.outcome !== "repeated") {
    const problem = whyNotReserved(reserved.outcome, payment);
    return inSqlTransaction((sql) => settle(sql, plan, line, { state: "failed", problem }));
  }
  const refund = await readRefundForActing(sqlClient(), [merchantId], reserved.id);
  if (refund) await sendRefund(credential, refund, createdBy);
}

async function request(plan: ClaimedPlan, line: NextLine, because: string): Promise<void> {
  const { paymentId, mchRefundNo, amount, reason, note } = line;
  const intent = { id: newId(RefundRequestId), paymentId, mchRefundNo, amount, reason, note, because };
  await inSqlTransaction(async (sql) => {
    const requestId = await insertRefundRequest(sql, plan.merchantId, intent, plan.createdBy);
    const end: LineEnd = requestId
      ? { state: "requested", requestId, problem: because }
      : { state: "failed", problem: "Its refund number is in use." };
    await settle(sql, plan, line, end);
  });
}

async function endWithout(plan: ClaimedPlan, line: NextLine, problem: string): Promise<LineTurn> {
  return turnOf(() => inSqlTransaction((sql) => settle(sql, plan, line, { state: "failed", problem })));
}

/** Takes the refund or request back with the transaction that the line should have ended in. */
class NotSettled extends Error {
  constructor(readonly why: "not-running" | "over-budget" | "taken") {
    super(why);
  }
}

async function settle(sql: Sql, plan: ClaimedPlan, line: NextLine, end: LineEnd): Promise<void> {
  const outcome = await settleLine(sql, plan, line, end);
  if (outcome !== "settled") throw new NotSettled(outcome);
}

async function turnOf(work: () => Promise<void>): Promise<LineTurn> {
  try {
    await work();
    return "next";
  } catch (error) {
    if (!(error instanceof NotSettled)) throw error;
    if (error.why === "over-budget") return "over-budget";
    return error.why === "taken" ? "next" : "lost";
  }
}

function whyNotReserved(
  outcome: Exclude<ReservedRefund["outcome"], "reserved" | "repeated">,
  { amount, reservedAmount, currency }: PaymentForActing,
): string {
  if (outcome === "number-taken") return "Its refund number is in use.";
  if (outcome === "one-unclear") return "It is not known yet whether another refund of this payment happened.";
  return `Only ${formatMoney(amount - reservedAmount, currency)} could still be refunded.`;
}
