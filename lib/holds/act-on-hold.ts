import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import { failHoldAct, findHoldAct, type HoldActFound, insertHoldAct, markHoldActUnclear } from "@/db/commands/holds";
import { type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import { readHoldRules } from "@/db/queries/hold-rules";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { type HoldActKind, type HoldOperation, possibleHoldActs } from "@/lib/domain/holds";
import { HoldActId, type HoldActNo, newId, type PaymentId } from "@/lib/domain/ids";
import { PaymentState } from "@/lib/domain/payment-state";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { describeFailure } from "@/lib/gateway/failures";
import type { HoldCall } from "@/lib/gateway/wire/hold-call";
import { applyObservation } from "@/lib/payments/apply-observation";
import { askAboutPayment } from "@/lib/payments/ask-payment";
import { callRowOf } from "@/lib/payments/call-row";
import { noPaymentNews, paymentNewsOf } from "@/lib/payments/payment-news";

/**
 * What became of completing or releasing a hold. `done`: the gateway's signed word. `unclear`: it may have happened, is
 * asked about until that is known, and nothing else begins meanwhile. `refused`: the gateway said no. `not-sent`: the
 * gateway never heard of it. After the last two the hold stands and may be tried again.
 */
export type HoldOutcome =
  | { kind: "done" }
  | { kind: "unclear"; why: string }
  | { kind: "refused"; why: string }
  | { kind: "not-sent"; why: string };

export type HoldAct = {
  kind: HoldActKind;
  paymentId: PaymentId;
  /** Stored before the gateway hears of it; a second click with the same number is the same act. */
  number: HoldActNo;
  /** Minor units; null for the whole hold. */
  amount: number | null;
};

/** A hold that can be acted on, and how its gateway wants that. */
export type ReadyHold = { payment: PaymentForActing; credential: OpenCredential; operation: HoldOperation };

/** The hold and the rules for this act, or why it is not possible now and who can change that. */
export async function readyHold(
  scope: Scope,
  { kind, paymentId }: Pick<HoldAct, "kind" | "paymentId">,
): Promise<Result<ReadyHold, Problem>> {
  const payment = await readPaymentForActing(sqlClient(), merchantIdsOf(scope), paymentId);
  const credential = payment && (await openCredential(payment.credentialId));
  if (!payment || !credential || payment.heldAmount === null) {
    return err(problem("not-found", "There is no such hold in this environment."));
  }
  const rules = await readHoldRules(payment.merchantId, payment.credentialId);
  const acting = { ...payment, state: PaymentState.parse(payment.state), openAct: payment.openHoldAct };
  const possible = possibleHoldActs(acting, rules)[kind];
  const operation = rules?.[kind];
  if (!possible.isPossible || !operation) {
    return err(problem("not-possible", possible.isPossible ? "Not possible now" : `${possible.why}.`));
  }
  return ok({ payment, credential, operation });
}

/**
 * Stores the act, tells the gateway once, records what it said, and asks it where the order stands. What it did not
 * clearly answer stays unclear and is never sent again: the worker asks until the order's state tells.
 */
export async function actOnHold(
  scope: Scope,
  act: HoldAct,
  { payment, credential, operation }: ReadyHold,
): Promise<Result<HoldOutcome, Problem>> {
  const { merchantId } = payment;
  const { kind, paymentId, number } = act;
  const actor = scope.viewer.personId;
  const amount = act.amount ?? payment.heldAmount ?? 0;
  const id = newId(HoldActId);
  const isStarted = await insertHoldAct(sqlClient(), { merchantId, paymentId, id, kind, number, amount, actor });
  if (!isStarted) {
    const same = await earlierAct(scope, act);
    return same ?? err(problem("not-possible", "Somebody else began to complete or release this hold just now."));
  }
  const operationName = kind === "complete" ? "holdComplete" : "holdRelease";
  const call = await gatewayFor(credential, { paymentId, refundId: null, actor }).actOnHold(
    operationName,
    holdCallOf(operation, { payment, number, amount }),
  );
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
  if (!result.ok && result.error.next !== "ask") {
    const why = describeFailure(result.error);
    const [errCode, errMsg] =
      result.error.kind === "refused" ? [result.error.code, result.error.message] : [result.error.kind, why];
    await failHoldAct(sqlClient(), { merchantId, id, errCode, errMsg });
    announceChange(sqlClient(), { environment: credential.environment, merchantId, paymentId });
    return ok({ kind: result.error.kind === "refused" ? "refused" : "not-sent", why });
  }
  const why = result.ok ? "The gateway took it, and has not said yet that it is done." : describeFailure(result.error);
  await markHoldActUnclear(sqlClient(), { merchantId, id, why });
  await askAboutPayment([merchantId], paymentId, actor);
  const found = await findHoldAct(sqlClient(), { merchantIds: [merchantId], number });
  return ok(found ? outcomeOf(found) : { kind: "unclear", why });
}

/** What the gateway is told, in the names that an admin has entered. */
function holdCallOf(
  { path, orderField, orderNumber, amountField, numberField }: HoldOperation,
  { payment, number, amount }: { payment: PaymentForActing; number: HoldActNo; amount: number },
): HoldCall {
  return {
    path,
    fields: {
      [orderField]: orderNumber === "ours" ? payment.mchOrderNo : (payment.payOrderId ?? ""),
      ...(amountField === null ? {} : { [amountField]: amount }),
      ...(numberField === null ? {} : { [numberField]: number }),
    },
  };
}

/** A double click is the act it made before; null when there is none of this number. */
export async function earlierAct(scope: Scope, act: HoldAct): Promise<Result<HoldOutcome, Problem> | null> {
  const found = await findHoldAct(sqlClient(), { merchantIds: merchantIdsOf(scope), number: act.number });
  if (!found) return null;
  const isSame =
    found.paymentId === act.paymentId &&
    found.kind === act.kind &&
    (act.amount === null || found.amount === act.amount);
  if (isSame) return ok(outcomeOf(found));
  return err(problem("number-taken", "This number stands for something else. Nothing was sent; open the form again."));
}

function outcomeOf({ state, errMsg }: HoldActFound): HoldOutcome {
  if (state === "succeeded") return { kind: "done" };
  if (state === "failed") return { kind: "refused", why: errMsg ?? "The gateway did not carry it out." };
  return { kind: "unclear", why: errMsg ?? "It is under way, and the gateway has not answered yet." };
}
