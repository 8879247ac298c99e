import { sqlClient } from "@/db/client";
import { linkNotifications } from "@/db/commands/link-notifications";
import { insertPaymentIntent } from "@/db/commands/payments";
import { listCredentialChoices } from "@/db/queries/credentials";
import type { KeyedCall } from "@/lib/credentials/ask-with-key";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { nextPaymentAsk } from "@/lib/domain/ask-schedule";
import { type CredentialId, type MchOrderNo, newId, PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { describeFailure } from "@/lib/gateway/failures";
import type { PaymentAnswer } from "@/lib/gateway/wire/payment-answer";
import { applyObservation } from "./apply-observation";
import { callRowOf } from "./call-row";
import { isHoldingWay } from "./holding-way";
import { isUnknownToGateway, paymentNewsOf } from "./payment-news";

// gateway-protocol 3.1.1: what the gateway takes when an order does not say.
const gatewayDefaultSeconds = 7_200;

/**
 * Asks the gateway about an order that nobody here knows, by the merchant's number or the gateway's own, and makes it
 * a payment of ours: made by an older script, in the gateway's back office, or lost with a database.
 *
 * @param credentialId  where the message came in; left out, every active credential of the environment is asked in turn
 */
export async function adoptPayment(
  scope: Scope,
  { credentialId, number }: { credentialId?: CredentialId | undefined; number: string },
): Promise<Result<PaymentId, Problem>> {
  const refusal = refusalFor(scope, "payments:adopt");
  if (refusal) return err(refusal);
  const wanted = number.replace(/\s+/g, "");
  if (!/^[\x21-\x7e]{1,64}$/.test(wanted))
    return err(problem("invalid-number", "Write an order number without spaces."));

  let trouble: Problem | null = null;
  for (const id of credentialId ? [credentialId] : await credentialIdsOf(scope)) {
    const credential = await openCredential(id);
    if (!credential || !scope.merchants.some(({ merchantId }) => merchantId === credential.merchantId)) continue;
    const found = await findAtGateway(credential, wanted, scope.viewer.personId);
    if (found.ok) return adopt(scope, credential, found.value);
    trouble ??= found.error;
  }
  return err(
    trouble ?? problem("not-found", `The gateway knows no order ${wanted} for the credentials of this environment.`),
  );
}

async function credentialIdsOf(scope: Scope): Promise<CredentialId[]> {
  return (await listCredentialChoices(scope)).map(({ id }) => id);
}

type Found = { call: KeyedCall<PaymentAnswer>; answer: PaymentAnswer };

async function findAtGateway(
  credential: OpenCredential,
  number: string,
  actor: string,
): Promise<Result<Found, Problem | null>> {
  for (const reference of [{ mchOrderNo: number }, { payOrderId: number }]) {
    const call = await gatewayFor(credential, { paymentId: null, refundId: null, actor }).queryPayment(reference);
    if (call.result.ok) return ok({ call, answer: call.result.value });
    if (!isUnknownToGateway(call.result.error)) {
      return err(problem(call.result.error.kind, describeFailure(call.result.error)));
    }
  }
  return err(null);
}

async function adopt(scope: Scope, asked: OpenCredential, found: Found): Promise<Result<PaymentId, Problem>> {
  const { answer, call } = found;
  const maker = await makerOf(scope, asked, answer.appId);
  if (!maker) {
    const message = `The order was made by application ${answer.appId}, for which there is no credential here. Add it first: only it can refund.`;
    return err(problem("unknown-application", message));
  }
  if (answer.mchOrderNo === null || answer.amount === null || answer.currency === null) {
    return err(
      problem("incomplete", "The gateway's answer names no number, sum or currency, so it was not taken over."),
    );
  }
  const stored = await insertPaymentIntent(
    sqlClient(),
    maker.merchantId,
    {
      id: newId(PaymentId),
      credentialId: maker.id,
      mchOrderNo: answer.mchOrderNo as MchOrderNo,
      wayCode: answer.wayCode ?? "",
      amount: answer.amount,
      currency: answer.currency.toUpperCase(),
      subject: answer.subject ?? "",
      body: answer.body ?? "",
      clientIp: answer.clientIp,
      notifyUrl: null,
      returnUrl: null,
      expiredTimeSeconds: gatewayDefaultSeconds,
      channelExtra: null,
      extParam: answer.extParam,
      isAdopted: true,
      isHold: await isHoldingWay(maker, answer.wayCode ?? ""),
    },
    { actor: scope.viewer.personId, details: { act: "adopt", number: answer.mchOrderNo } },
  );
  const news = paymentNewsOf(answer, "query");
  const now = new Date();
  const expiresAt = new Date(now.getTime() + gatewayDefaultSeconds * 1_000);
  await applyObservation({
    subject: "payment",
    environment: maker.environment,
    merchantId: maker.merchantId,
    target: { paymentId: stored.id },
    news: news.to === null ? { ...news, to: "unclear" } : news,
    evidence: { by: "query", call: callRowOf(asked, call), actor: scope.viewer.personId },
    nextAsk: nextPaymentAsk({ state: news.to ?? "unclear", expiresAt, askCount: 0 }, now, Math.random()),
  });
  await linkNotifications(sqlClient(), {
    merchantId: maker.merchantId,
    paymentId: stored.id,
    orderNo: answer.mchOrderNo,
  });
  return ok(stored.id);
}

/** The credential of the application that made the order: refunds must be signed by the same one (3.6.4). */
async function makerOf(scope: Scope, asked: OpenCredential, appId: string | null): Promise<OpenCredential | null> {
  if (appId === null || appId === asked.appId) return asked;
  for (const id of await credentialIdsOf(scope)) {
    const credential = await openCredential(id);
    if (credential?.appId === appId && credential.merchantId === asked.merchantId) return credential;
  }
  return null;
}
