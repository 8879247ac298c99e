import { sqlClient } from "@/db/client";
import type { PaymentNews } from "@/db/commands/apply-payment-news";
import { noteCloseAsked, readPaymentForActing } from "@/db/commands/payments";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { openCredential } from "@/lib/credentials/open-credential";
import type { PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { possibleActs } from "@/lib/domain/possible-acts";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { describeFailure } from "@/lib/gateway/failures";
import type { CloseAnswer } from "@/lib/gateway/wire/payment-answer";
import { actingPaymentOf } from "./acting-payment";
import { applyObservation } from "./apply-observation";
import { askAboutPayment } from "./ask-payment";
import { callRowOf } from "./call-row";
import { noPaymentNews, paymentNewsOf } from "./payment-news";

/**
 * Ends an order that nobody has paid. The payer may pay in the same moment, so the order is asked about in any case,
 * and a late payment still counts.
 */
export async function closePayment(scope: Scope, paymentId: PaymentId): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "payments:close");
  if (refusal) return err(refusal);
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential) return err(problem("not-found", "There is no such payment in this environment."));
  const possible = possibleActs(actingPaymentOf(payment), payment.now).close;
  if (!possible.isPossible) return err(problem("not-possible", possible.why));

  const actor = scope.viewer.personId;
  await noteCloseAsked(sqlClient(), payment.merchantId, paymentId, actor);
  const subject = { paymentId, refundId: null, actor };
  const call = await gatewayFor(credential, subject).closePayment({ mchOrderNo: payment.mchOrderNo });
  const { result } = call;
  await applyObservation({
    subject: "payment",
    environment: credential.environment,
    merchantId: payment.merchantId,
    target: { paymentId },
    news: result.ok ? closeNews(result.value) : noPaymentNews,
    evidence: { by: "answer", call: callRowOf(credential, call), actor },
    nextAsk: 3_000,
  });
  const asked = await askAboutPayment([payment.merchantId], paymentId, actor);
  if (!result.ok && result.error.kind === "refused") {
    return err(problem("refused", `${describeFailure(result.error)} The order was asked about again; see above.`));
  }
  return asked;
}

/**
 * A close answers with nothing but its signature as a rule, which is the gateway's word that it is done. A state or an
 * error beside it counts more.
 */
function closeNews(answer: CloseAnswer): PaymentNews {
  const news = paymentNewsOf(answer, "answer");
  const saysNoMore = answer.gatewayState === null && answer.errCode === null && answer.oddFields.length === 0;
  return saysNoMore ? { ...news, to: "closed" } : news;
}
