import { announceChange } from "@/db/announce";
import { sqlClient, withRetry } from "@/db/client";
import { noteAct } from "@/db/commands/payments";
import { insertRefundElsewhere } from "@/db/commands/refund-elsewhere";
import { listCredentialChoices } from "@/db/queries/credentials";
import { findByNumber } from "@/db/queries/find-by-number";
import type { KeyedCall } from "@/lib/credentials/ask-with-key";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { newId, PaymentId, RefundId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { describeFailure, type GatewayFailure } from "@/lib/gateway/failures";
import type { RefundAnswer } from "@/lib/gateway/wire/refund-answer";
import { callRowOf } from "@/lib/payments/call-row";
import { isUnknownToGateway } from "@/lib/payments/payment-news";
import { isOperationMissing } from "./ask-refund";
import { refundNewsOf } from "./refund-news";

/**
 * Asks the gateway about a refund that nobody here knows, by its maker's number or the gateway's own, and counts it
 * against its payment: made in the gateway's back office, by an older script, or lost with a database.
 */
export async function adoptRefund(scope: Scope, number: string): Promise<Result<RefundId, Problem>> {
  const refusal = refusalFor(scope, "payments:adopt");
  if (refusal) return err(refusal);
  const wanted = number.replace(/\s+/g, "");
  const found = await findAtGateway(scope, wanted);
  if (!found.ok) return found;
  const { credential, call, answer } = found.value;
  const news = refundNewsOf(answer, "query");
  const orderNumber = answer.payOrderId ?? "";
  const { merchantId, environment } = credential;
  const own = { ...scope, merchants: scope.merchants.filter((merchant) => merchant.merchantId === merchantId) };
  const known = await findByNumber(own, orderNumber);
  const payment = known.find(({ matched, number: whole }) => matched === "payOrderId" && whole === orderNumber);
  if (!payment) {
    const order = orderNumber === "" ? "no order that it names" : `order ${orderNumber}, which is not here`;
    return err(
      problem("unknown-order", `The gateway has this refund, of ${order}. Adopt the order by its number first.`),
    );
  }
  const paymentId = PaymentId.parse(payment.id);
  const refundId = newId(RefundId);
  const actor = scope.viewer.personId;
  const evidence = { call: callRowOf(credential, call), actor, paymentId };
  const stored = await withRetry(() => insertRefundElsewhere(sqlClient(), { merchantId, refundId, news, ...evidence }));
  if (!stored) {
    return err(problem("incomplete", "The gateway's answer names no state, sum or number that fits its payment."));
  }
  const details = { act: "adopt", number: answer.mchRefundNo };
  await noteAct(sqlClient(), { merchantId, paymentId, refundId, actor, details });
  announceChange(sqlClient(), { environment, merchantId, paymentId });
  return ok(refundId);
}

type Found = { credential: OpenCredential; call: KeyedCall<RefundAnswer>; answer: RefundAnswer };

/** Who gives no usable answer has not said that there is no such refund. */
async function findAtGateway(scope: Scope, number: string): Promise<Result<Found, Problem>> {
  let trouble: Problem | null = null;
  const subject = { paymentId: null, refundId: null, actor: scope.viewer.personId };
  for (const { id } of await listCredentialChoices(scope)) {
    const credential = await openCredential(id);
    if (!credential || credential.refundQuery === "missing") continue;
    for (const reference of [{ mchRefundNo: number }, { refundOrderId: number }]) {
      const call = await gatewayFor(credential, subject).queryRefund(reference);
      if (call.result.ok) return ok({ credential, call, answer: call.result.value });
      const failure = call.result.error;
      if (!saysNoSuchRefund(failure)) trouble ??= problem(failure.kind, describeFailure(failure));
    }
  }
  return err(trouble ?? problem("not-found", `The gateway knows no refund ${number} either.`));
}

/** It knows none, has no question about refunds at all, or could have none of a number that may not even be asked for. */
function saysNoSuchRefund(failure: GatewayFailure): boolean {
  return isUnknownToGateway(failure) || isOperationMissing(failure) || failure.kind === "invalid-request";
}
