import { sqlClient } from "@/db/client";
import { noteAct, readPaymentForActing } from "@/db/commands/payments";
import { noteNoRefundQuery, noteRefundQueryAnswer } from "@/db/commands/refund-query";
import { type RefundForActing, readRefundForActing } from "@/db/commands/refunds";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { forgetCredential, type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { nextRefundAsk } from "@/lib/domain/ask-schedule";
import type { GatewayCallId, MerchantId, RefundId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { RefundState } from "@/lib/domain/refund-state";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { describeFailure, type GatewayFailure } from "@/lib/gateway/failures";
import { releaseHeld } from "@/lib/notifications/release-held";
import { applyObservation } from "@/lib/payments/apply-observation";
import { askAboutPayment } from "@/lib/payments/ask-payment";
import { callRowOf } from "@/lib/payments/call-row";
import { isUnknownToGateway } from "@/lib/payments/payment-news";
import { noRefundNews, refundNewsOf } from "./refund-news";
import { sendRefund } from "./send-refund";

/** Asks the gateway about a refund because a person wants to know now. */
export async function askRefund(scope: Scope, refundId: RefundId): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "refunds:ask");
  if (refusal) return err(refusal);
  const refund = await readRefundForActing(sqlClient(), merchantIdsOf(scope), refundId);
  if (!refund) return err(problem("not-found", "There is no such refund in this environment."));
  const { merchantId, paymentId } = refund;
  const actor = scope.viewer.personId;
  await noteAct(sqlClient(), { merchantId, paymentId, refundId, actor, details: { act: "ask" } });
  return askAboutRefund([merchantId], refundId, actor);
}

// Longer than a request of ours lives, so that a refund is never sent while its first sending is still on its way.
const surelyNeverArrivedMs = 60_000;
const mostSendings = 5;

/**
 * Asks the gateway about a refund and records what it said. A refund the gateway never received is sent again under
 * its own number. `actor` is a person's id or `worker`.
 */
export async function askAboutRefund(
  merchantIds: readonly MerchantId[],
  refundId: RefundId,
  actor: string,
): Promise<Result<{ news: string }, Problem>> {
  const refund = await readRefundForActing(sqlClient(), merchantIds, refundId);
  const credential = refund && (await openCredential(refund.credentialId));
  if (!refund || !credential) return err(problem("not-found", "There is no such refund in this environment."));

  if (refund.state === "stopped" && refund.sendCount === 0) {
    return ok({ news: "It was stopped before it was sent. There is nothing to ask about." });
  }
  // Never sent, so there is nothing to ask about: its time has come, or the one in front of it ended.
  if (refund.state === "prepared" && refund.sendCount === 0) return sendFirst(refund, credential, actor);

  const subject = { paymentId: refund.paymentId, refundId, actor };
  const call = await gatewayFor(credential, subject).queryRefund({ mchRefundNo: refund.mchRefundNo });
  const { result } = call;
  const isNotFound = !result.ok && isOperationMissing(result.error);
  const isMissing = await noteFinding(credential, { isAnswered: result.ok, isNotFound });
  if (isMissing) await releaseHeld({ merchantId: refund.merchantId, refundId });
  const provingCall = isNotFound ? await callThatSaysRefunded(refund, actor) : null;
  const known = RefundState.parse(refund.state);
  const news = result.ok
    ? refundNewsOf(result.value, "query")
    : provingCall
      ? { ...noRefundNews, to: "succeeded" as const, provenBy: "query" as const }
      : { ...noRefundNews, isUnknown: isUnknownToGateway(result.error) };
  const applied = await applyObservation({
    subject: "refund",
    environment: credential.environment,
    merchantId: refund.merchantId,
    target: { refundId, paymentId: refund.paymentId },
    news,
    evidence: { by: "query", call: callRowOf(credential, call), actor, ...(provingCall ? { provingCall } : {}) },
    nextAsk: nextRefundAsk({ state: news.to ?? known, askCount: refund.askCount }, Math.random()),
  });

  if (result.ok && !applied.fits) {
    return err(problem("wrong-content", "The gateway's answer is about another sum or number. Nothing was changed."));
  }
  if (applied.moved) return ok({ news: `The gateway says: ${applied.moved.to}.` });
  if (result.ok) return ok({ news: `The gateway says: ${news.to ?? `state ${news.gatewayState}`}. Nothing new.` });
  if (isUnknownToGateway(result.error)) return sendAgain(refund, credential, actor);
  if (isMissing) {
    return ok({ news: "This gateway cannot be asked about refunds. Its notification will tell, or a full refund." });
  }
  if (isNotFound) {
    return ok({
      news: "The gateway answered that it has no question about refunds. Until it has said so for an hour it is asked again.",
    });
  }
  return err(problem(result.error.kind, describeFailure(result.error)));
}

/** @returns whether the gateway of this credential is by now known to have no question about refunds */
async function noteFinding(
  credential: OpenCredential,
  { isAnswered, isNotFound }: { isAnswered: boolean; isNotFound: boolean },
): Promise<boolean> {
  if (isNotFound) {
    const isMissing = await noteNoRefundQuery(sqlClient(), credential);
    if (isMissing && credential.refundQuery !== "missing") forgetCredential(credential.id);
    return isMissing;
  }
  if (isAnswered && credential.refundQuery !== "available") {
    await noteRefundQueryAnswer(sqlClient(), credential);
    forgetCredential(credential.id);
  }
  return false;
}

/** The gateway does not know the refund: it never arrived, or it is on its way. */
async function sendAgain(
  refund: RefundForActing,
  credential: OpenCredential,
  actor: string,
): Promise<Result<{ news: string }, Problem>> {
  const lastSent = refund.sentAt ?? refund.createdAt;
  const isOver = refund.now.getTime() - lastSent.getTime() > surelyNeverArrivedMs;
  if (!["prepared", "sent", "unclear"].includes(refund.state)) {
    return err(
      problem("forgotten", "The gateway no longer knows this refund, which it had confirmed. Call the gateway."),
    );
  }
  if (!isOver) return ok({ news: "The gateway does not know this refund yet. It was sent less than a minute ago." });
  if (refund.sendCount >= mostSendings) {
    return err(
      problem("never-received", `Sent ${refund.sendCount} times, and the gateway never received it. Call the gateway.`),
    );
  }
  const sending = await sendRefund(credential, refund, actor);
  const news = sending === "sent" ? "The gateway had never received it, so it was sent again." : waitingNews[sending];
  return ok({ news });
}

async function sendFirst(
  refund: RefundForActing,
  credential: OpenCredential,
  actor: string,
): Promise<Result<{ news: string }, Problem>> {
  const sending = await sendRefund(credential, refund, actor);
  return ok({ news: sending === "sent" ? "It was sent." : waitingNews[sending] });
}

const waitingNews = {
  waits: "It waits for another refund of this payment: the gateway takes one at a time.",
  "not-now": "It is not sent at this moment: it is still held, was stopped, or is being sent just now.",
};

// gateway-protocol 3.7: refund query is not confirmed for every gateway of the family.
export function isOperationMissing(failure: GatewayFailure): boolean {
  return failure.kind === "http-error" && failure.status === 404;
}

/** The question about the payment that proves this refund: it is refunded in full, and all of that by us. */
async function callThatSaysRefunded(refund: RefundForActing, actor: string): Promise<GatewayCallId | null> {
  const asked = await askAboutPayment([refund.merchantId], refund.paymentId, actor);
  const payment = await readPaymentForActing(sqlClient(), [refund.merchantId], refund.paymentId);
  // Refunded in full by others as well: then the payment says nothing about this refund.
  const isProven = payment?.state === "refunded" && payment.reservedAmount === payment.amount;
  return isProven && asked.ok ? asked.value.callId : null;
}
