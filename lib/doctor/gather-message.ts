import { listAllCredentials } from "@/db/queries/credentials-listed";
import { orderOfNumber, refundOfNumber } from "@/db/queries/doctor";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { paymentStateOf } from "@/lib/domain/payment-state";
import { refundStateOf } from "@/lib/domain/refund-state";
import { roleMay } from "@/lib/domain/roles";
import type { NotificationKind } from "@/lib/domain/verdict";
import type { Scope } from "@/lib/domain/viewer";
import { WireFields } from "@/lib/gateway/fields";
import { readNotification, splitOwnParameters } from "@/lib/gateway/notification";
import { type PaymentAnswer, readPaymentAnswer } from "@/lib/gateway/wire/payment-answer";
import { readRefundAnswer } from "@/lib/gateway/wire/refund-answer";
import { explainNotification, type RawNotification } from "@/lib/notifications/explain-notification";
import type { Difference, MessageFacts } from "./message-facts";
import { type OtherKey, type Repair, repairSignature } from "./repair-signature";

/** What is known of a message before anybody looked into it. `raw` is null when its bytes are no longer kept. */
export type GivenMessage = Pick<
  MessageFacts,
  | "notificationId"
  | "method"
  | "kind"
  | "verdict"
  | "authenticity"
  | "isHeld"
  | "keyVersion"
  | "effect"
  | "deliveries"
  | "firstAt"
  | "lastAt"
> & { raw: RawNotification | null; orderNo: string | null };

/**
 * Looks everything up that the ladder of a message asks about. Nothing is changed.
 *
 * @param search  for what somebody pasted: whether keys of production may no more be held against it
 */
export async function gatherMessage(
  scope: Scope,
  given: GivenMessage,
  credential: OpenCredential,
  search = { isWithoutProduction: false },
): Promise<MessageFacts> {
  const { kind, raw, verdict, authenticity } = given;
  const explanation = explainNotification({ verdict, authenticity, raw });
  const received = raw === null ? null : readNotification(raw);
  const everything = received && received.style !== "unreadable" ? received.fields : new WireFields([]);
  const signed = everything.without(raw?.ownNames ?? []);
  const order = await orderOf(scope, { kind, orderNo: given.orderNo, verdict }, credential);
  const repair = mayBeRepaired(given) ? await repairOf(scope, { given, everything, order, credential, search }) : null;
  return {
    ...given,
    contentType: raw?.contentType ?? null,
    style: explanation.style,
    unreadableBecause: explanation.unreadableBecause,
    isEmpty: raw !== null && raw.body.byteLength === 0 && raw.query === "",
    isSigned: explanation.isSigned,
    answered: explanation.answered,
    ambiguities: explanation.ambiguities,
    ownNames: raw?.ownNames ?? [],
    unknownNames: splitOwnParameters(signed, kind).ownParameters,
    repair,
    credential: { id: credential.id, label: credential.label },
    order: order && { link: order.link, number: order.number, state: order.state },
    told: toldBy(signed, kind),
    differences: order
      ? differencesFrom(signed, { ...order.ours, ...ofCredential(credential) })
      : differencesFrom(signed, ofCredential(credential)),
  };
}

type Known = {
  link: NonNullable<MessageFacts["order"]>["link"];
  number: string;
  state: string;
  texts: { subject: string; body: string; extParam: string | null; notifyUrl: string | null } | null;
  ours: Record<string, string | null>;
};

async function orderOf(
  scope: Scope,
  { kind, orderNo, verdict }: Pick<GivenMessage, "kind" | "orderNo" | "verdict">,
  { merchantId }: OpenCredential,
): Promise<Known | null> {
  // A number of the other environment that happens to be one of ours means nothing.
  if (orderNo === null || verdict === "wrong-environment") return null;
  if (kind === "refund") {
    const refund = await refundOfNumber(scope, { merchantId, refundNo: orderNo });
    if (!refund) return null;
    const { id, mchRefundNo, refundOrderId, amount, currency, state } = refund;
    const ours = { mchRefundNo, refundOrderId, refundAmount: String(amount), currency };
    return { link: { to: "refund", id }, number: mchRefundNo, state, texts: null, ours };
  }
  const payment = await orderOfNumber(scope, { merchantId, orderNo });
  if (!payment) return null;
  const { id, mchOrderNo, payOrderId, amount, currency, state, subject, body, extParam, notifyUrl } = payment;
  return {
    link: { to: "payment", id },
    number: mchOrderNo,
    state,
    texts: { subject, body, extParam, notifyUrl },
    ours: { mchOrderNo, payOrderId, amount: String(amount), currency },
  };
}

function mayBeRepaired({ verdict, keyVersion, raw }: GivenMessage): boolean {
  if (raw === null || keyVersion !== null) return false;
  return verdict === "bad-signature" || verdict === "wrong-environment" || verdict === "ambiguous";
}

type Broken = { given: GivenMessage; everything: WireFields; order: Known | null; credential: OpenCredential } & {
  search: { isWithoutProduction: boolean };
};

async function repairOf(
  scope: Scope,
  { given, everything, order, credential, search }: Broken,
): Promise<Repair | null> {
  const isPasted = given.notificationId === null;
  // What arrived was held against every key already; what somebody typed only against those that are his to try.
  const mayProduction = roleMay(scope.viewer.role, "debugger:search-production") && !search.isWithoutProduction;
  const isWithheld = isPasted && !mayProduction;
  const others = await otherKeysThan(credential);
  return repairSignature({
    fields: everything,
    kind: given.kind,
    secrets: credential.verifying.map(({ secret }) => secret),
    environment: credential.environment,
    order: order?.texts ?? null,
    otherKeys: isWithheld ? others.filter(({ environment }) => environment === scope.environment) : others,
  });
}

/** Of both environments: a key is only held against the message, and what comes out is a name. */
async function otherKeysThan({ id }: OpenCredential): Promise<OtherKey[]> {
  const others = (await listAllCredentials()).filter((one) => one.id !== id).slice(0, mostCredentials);
  const opened = await Promise.all(others.map((one) => openCredential(one.id)));
  return opened.flatMap((one) =>
    one
      ? one.verifying.map(({ secret }) => ({
          credentialId: one.id,
          label: one.label,
          environment: one.environment,
          secret,
        }))
      : [],
  );
}

/** More applications than any merchant has had so far. */
const mostCredentials = 100;

function toldBy(signed: WireFields, kind: NotificationKind): MessageFacts["told"] {
  const payment: PaymentAnswer = readPaymentAnswer(signed);
  const writtenAt = payment.reqTime === null ? null : new Date(payment.reqTime);
  const refund = kind === "refund" ? readRefundAnswer(signed) : null;
  const gatewayState = refund ? refund.gatewayState : payment.gatewayState;
  const meaning = refund ? refundStateOf : paymentStateOf;
  return {
    gatewayState,
    state: gatewayState === null ? null : meaning(gatewayState),
    amount: refund ? refund.refundAmount : payment.amount,
    writtenAt,
  };
}

function ofCredential({ mchNo, appId }: OpenCredential) {
  return { mchNo, appId };
}

function differencesFrom(signed: WireFields, ours: Readonly<Record<string, string | null>>): Difference[] {
  return Object.entries(ours).flatMap(([name, known]) => {
    const theirs = signed.textOf(name) ?? "";
    const isSame = known === null || theirs === "" || known.toUpperCase() === theirs.toUpperCase();
    return isSame ? [] : [{ name, ours: known, theirs }];
  });
}
