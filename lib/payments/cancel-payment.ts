import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { failCancel, insertCancel } from "@/db/commands/cancels";
import { type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import { spendDay } from "@/db/commands/refund-control";
import { readRefundRules } from "@/db/queries/refund-rules";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { openCredential } from "@/lib/credentials/open-credential";
import type { Environment } from "@/lib/domain/environment";
import { CancelId, newId, type PaymentId, type PersonId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { gatewayDay, possibleActs } from "@/lib/domain/possible-acts";
import { type Problem, problem } from "@/lib/domain/problem";
import { limitOf, type RefundLimit } from "@/lib/domain/refund-rules";
import { err, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { describeFailure } from "@/lib/gateway/failures";
import { actingPaymentOf } from "./acting-payment";
import { applyObservation } from "./apply-observation";
import { askAboutPayment } from "./ask-payment";
import { callRowOf } from "./call-row";
import { whyNotCancelAlone } from "./cancel-alone";
import { noPaymentNews, paymentNewsOf } from "./payment-news";

/**
 * Undoes a whole payment on the day it was paid. While its outcome is open no refund can start. What its maker may refund
 * alone bounds it, and it counts in the day's allowance.
 */
export async function cancelPayment(scope: Scope, paymentId: PaymentId): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "payments:cancel");
  if (refusal) return err(refusal);
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential) return err(problem("not-found", "There is no such payment in this environment."));
  const possible = possibleActs(actingPaymentOf(payment), payment.now).cancel;
  if (!possible.isPossible) return err(problem("not-possible", possible.why));

  const { merchantId } = payment;
  const actor = scope.viewer.personId;
  const id = newId(CancelId);
  const limit = limitOf(await readRefundRules(scope.environment), scope.viewer.role, payment.currency);
  const outcome = await startWithinLimits(limit, payment, { id, personId: actor, environment: scope.environment });
  if (outcome === "above-limit") {
    // What the day has left decides in the database, so here the whole of it counts as spent.
    const why = whyNotCancelAlone(limit, limit.perDay ?? 0, payment.amount) ?? "Not possible alone";
    return err(problem(outcome, `${why}. Nothing was sent.`));
  }
  if (outcome === "too-late") {
    return err(problem("not-possible", "Somebody else started a refund or cancel of this payment just now."));
  }
  const call = await gatewayFor(credential, { paymentId, refundId: null, actor }).cancelPayment({
    mchOrderNo: payment.mchOrderNo,
    notifyUrl: notifyUrls(credential.id).cancel,
  });
  const { result } = call;
  await applyObservation({
    subject: "payment",
    environment: credential.environment,
    merchantId,
    target: { paymentId },
    news: result.ok ? paymentNewsOf(result.value, "answer") : noPaymentNews,
    evidence: { by: "answer", call: callRowOf(credential, call), actor },
    nextAsk: 5_000,
  });
  if (!result.ok && result.error.next === "stop") {
    const why = describeFailure(result.error);
    const [errCode, errMsg] =
      result.error.kind === "refused" ? [result.error.code, result.error.message] : [result.error.kind, why];
    await failCancel(sqlClient(), { merchantId, id, errCode, errMsg });
    announceChange(sqlClient(), { environment: credential.environment, merchantId, paymentId });
    return err(problem("refused", `${why} The payment stays paid; a refund is still possible.`));
  }
  return askAboutPayment([merchantId], paymentId, actor);
}

type Maker = { id: CancelId; personId: PersonId; environment: Environment };

/** Reserves the whole sum and takes it from the day's allowance together, or does neither. */
async function startWithinLimits(
  limit: RefundLimit,
  { merchantId, id: paymentId, amount, currency, now }: PaymentForActing,
  { id, personId, environment }: Maker,
): Promise<"started" | "above-limit" | "too-late"> {
  if (limit.perRefund !== null && amount > limit.perRefund) return "above-limit";
  const spent = { environment, personId, day: gatewayDay(now), currency, amount };
  const start = async (sql: Parameters<typeof spendDay>[0]) => {
    if (!(await insertCancel(sql, { merchantId, paymentId, id, actor: personId }))) return "too-late";
    if (!(await spendDay(sql, spent, limit.perDay))) throw new AboveDay();
    return "started";
  };
  return inSqlTransaction(start).catch((error: unknown) => {
    if (error instanceof AboveDay) return "above-limit";
    throw error;
  });
}

/** Takes the reservation back with the transaction. */
class AboveDay extends Error {}
