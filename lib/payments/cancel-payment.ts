import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { failCancel, insertCancel } from "@/db/commands/cancels";
import { readPaymentForActing } from "@/db/commands/payments";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { openCredential } from "@/lib/credentials/open-credential";
import { CancelId, newId, type PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { possibleActs } from "@/lib/domain/possible-acts";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { describeFailure } from "@/lib/gateway/failures";
import { actingPaymentOf } from "./acting-payment";
import { applyObservation } from "./apply-observation";
import { askAboutPayment } from "./ask-payment";
import { callRowOf } from "./call-row";
import { noPaymentNews, paymentNewsOf } from "./payment-news";

/** Undoes a whole payment on the day it was paid. While its outcome is open no refund can start. */
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
  const isStarted = await insertCancel(sqlClient(), { merchantId, paymentId, id, actor });
  if (!isStarted) {
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
