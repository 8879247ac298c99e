import { sqlClient } from "@/db/client";
import { failCancel } from "@/db/commands/cancels";
import { failHoldAct } from "@/db/commands/holds";
import { noteAct, type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { openCredential } from "@/lib/credentials/open-credential";
import { nextPaymentAsk } from "@/lib/domain/ask-schedule";
import type { GatewayCallId, MerchantId, PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { isEnd, PaymentState } from "@/lib/domain/payment-state";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { describeFailure } from "@/lib/gateway/failures";
import { applyObservation } from "./apply-observation";
import { callRowOf } from "./call-row";
import { isUnknownToGateway, noPaymentNews, paymentNewsOf } from "./payment-news";

/** Asks the gateway about a payment because a person wants to know now. */
export async function askPayment(scope: Scope, paymentId: PaymentId): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "payments:ask");
  if (refusal) return err(refusal);
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), paymentId);
  if (!payment) return err(problem("not-found", "There is no such payment in this environment."));
  const { merchantId, id } = payment;
  await noteAct(sqlClient(), { merchantId, paymentId: id, actor: scope.viewer.personId, details: { act: "ask" } });
  return askAboutPayment([payment.merchantId], paymentId, scope.viewer.personId);
}

// Longer than any request of ours lives: an order the gateway does not know by then will not appear by itself.
const surelyNeverArrivedMs = 120_000;

/** What the gateway said, and the call that keeps its answer. */
export type Answered = { news: string; callId: GatewayCallId };

/** Asks the gateway about a payment and records what it said. `actor` is a person's id or `worker`. */
export async function askAboutPayment(
  merchantIds: readonly MerchantId[],
  paymentId: PaymentId,
  actor: string,
): Promise<Result<Answered, Problem>> {
  const payment = await readPaymentForActing(sqlClient(), merchantIds, paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential) return err(problem("not-found", "There is no such payment in this environment."));

  const subject = { paymentId, refundId: null, actor };
  const call = await gatewayFor(credential, subject).queryPayment({ mchOrderNo: payment.mchOrderNo });
  const { result } = call;
  const kept = callRowOf(credential, call);
  const callId = kept.id;
  const known = PaymentState.parse(payment.state);
  const isLost = !result.ok && isUnknownToGateway(result.error) && neverArrived(payment);
  const news = result.ok
    ? paymentNewsOf(result.value, "query")
    : isLost
      ? { ...noPaymentNews, to: "refused" as const, errCode: "not-received", errMsg: "The gateway never received it." }
      : noPaymentNews;
  const next = news.to ?? known;
  const applied = await applyObservation({
    subject: "payment",
    environment: credential.environment,
    merchantId: payment.merchantId,
    target: { paymentId },
    news,
    evidence: { by: "query", call: kept, actor },
    nextAsk: nextQuestion(payment, next, { isAnswered: result.ok || isUnknownToGateway(result.error) }),
  });
  if (applied.fits && applied.said === "held") await giveUpOldHoldAct(payment);
  if (applied.fits && isUncancelled(news.to)) await giveUpOldCancel(payment);

  if (result.ok && !applied.fits) {
    return err(problem("wrong-content", "The gateway's answer is about another sum or number. Nothing was changed."));
  }
  if (applied.moved) return ok({ news: `The gateway says: ${applied.moved.to}.`, callId });
  if (result.ok) {
    return ok({ news: `The gateway says: ${applied.said ?? `state ${news.gatewayState}`}. Nothing new.`, callId });
  }
  if (isUnknownToGateway(result.error)) {
    const text = "The gateway knows no order of this number. If it was just sent, ask again in two minutes.";
    return ok({ news: text, callId });
  }
  return err(problem(result.error.kind, describeFailure(result.error)));
}

function neverArrived(payment: PaymentForActing): boolean {
  const sentAt = payment.sentAt ?? payment.createdAt;
  const isOld = payment.now.getTime() - sentAt.getTime() > surelyNeverArrivedMs;
  // Once the gateway has named a number of its own, the order exists, whatever a later question finds.
  return isOld && payment.payOrderId === null && ["prepared", "unclear"].includes(payment.state);
}

// The gateway asks the channel about old orders once a minute from ten minutes on (gateway-protocol 3.3.3).
const cancelPatienceMs = 20 * 60_000;

function nextQuestion(
  payment: PaymentForActing,
  state: PaymentState,
  { isAnswered }: { isAnswered: boolean },
): number | "never" {
  if (payment.cancelStartedAt && state === "paid") return 15_000;
  const { expiresAt, askCount, now } = payment;
  const next = nextPaymentAsk({ state, expiresAt, askCount }, now, Math.random());
  // What was sent must be known: an order that may exist is asked about beyond any expiry, and so is an open one as long
  // as the last question went without an answer.
  const isKnown = isEnd(state) || (isAnswered && state !== "unclear");
  return next === "never" && !isKnown ? 3_600_000 : next;
}

/** Also closed: the record of an order that was paid late stays closed at the gateway. */
function isUncancelled(said: PaymentState | null): boolean {
  return said !== null && said !== "refused" && said !== "cancelled" && said !== "refunded";
}

/** The gateway has had time to cancel and still says otherwise, so it did not. */
async function giveUpOldCancel({ merchantId, openCancelId, cancelStartedAt, now }: PaymentForActing): Promise<void> {
  if (openCancelId === null || cancelStartedAt === null) return;
  if (now.getTime() - cancelStartedAt.getTime() < cancelPatienceMs) return;
  await failCancel(sqlClient(), {
    merchantId,
    id: openCancelId,
    errCode: "still-paid",
    errMsg: "The gateway still does not say cancelled.",
  });
}

/** The same for a hold that stands although somebody asked to complete or release it. */
async function giveUpOldHoldAct({ merchantId, openHoldActId, holdActStartedAt, now }: PaymentForActing): Promise<void> {
  if (openHoldActId === null || holdActStartedAt === null) return;
  if (now.getTime() - holdActStartedAt.getTime() < cancelPatienceMs) return;
  const errMsg = "The gateway still says that the money is held.";
  await failHoldAct(sqlClient(), { merchantId, id: openHoldActId, errCode: "still-held", errMsg });
}
