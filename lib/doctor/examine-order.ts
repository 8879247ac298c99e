import {
  type ArrivedMessage,
  cancelOf,
  endsOfRefunds,
  genuineMessageAfter,
  messagesOfPayment,
  notifyUrlsSent,
} from "@/db/queries/doctor";
import { findPayment, type PaymentPage } from "@/db/queries/payment-page";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { openCredential } from "@/lib/credentials/open-credential";
import { CredentialId, type PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { replyTo } from "@/lib/notifications/reply";
import { examineNotification } from "./examine-notification";
import { matchTries, type Try } from "./expected-tries";
import { type Climb, climb } from "./ladder";
import type { OrderFacts } from "./order-facts";
import { orderLadder } from "./order-ladder";
import { reachOf } from "./reach";

/** One thing that the gateway may notify of: the payment itself, one of its refunds, or its cancel. */
export type ExaminedPart = {
  facts: OrderFacts;
  arrived: readonly ArrivedMessage[];
  /** Arrivals after the last try of the ladder, which somebody at the gateway sent by hand. */
  outside: readonly Date[];
  climb: Climb;
};

export type OrderExamination = { payment: PaymentPage; parts: readonly ExaminedPart[] };

/**
 * For each thing about a payment that the gateway may notify of: was a message due, when should it have been tried,
 * what arrived, and what is the matter.
 *
 * @returns null when this environment has no such payment
 */
export async function examineOrder(scope: Scope, paymentId: PaymentId, now: Date): Promise<OrderExamination | null> {
  const payment = await findPayment(scope, paymentId);
  if (!payment) return null;
  const [arrived, sent, refunds, cancel] = await Promise.all([
    messagesOfPayment(payment),
    notifyUrlsSent(payment),
    endsOfRefunds(payment),
    cancelOf(payment),
  ]);
  const ofPayment: Subject = {
    kind: "payment",
    number: payment.mchOrderNo,
    page: { to: "payment", id: payment.id },
    credentialId: payment.credentialId,
    isMadeHere: !payment.isAdopted,
    sent: sent.find(({ operation }) => operation === "unifiedOrder") ?? null,
    notifyUrl: payment.notifyUrl,
    state: payment.state,
    ...endOfPayment(payment),
    arrived: arrived.filter(({ kind }) => kind === "payment"),
  };
  const ofCancel: Subject[] = cancel
    ? [
        {
          ...ofPayment,
          kind: "cancel",
          isMadeHere: true,
          ...sentWith(sent.find(({ operation }) => operation === "cancel")),
          outcome: "tells",
          dueAt: cancel.endedAt,
          arrived: arrived.filter(({ kind }) => kind === "cancel"),
        },
      ]
    : [];
  const ofRefunds = refunds.map(
    (refund): Subject => ({
      kind: "refund",
      number: refund.mchRefundNo,
      page: { to: "refund", id: refund.id },
      credentialId: refund.credentialId,
      isMadeHere: refund.origin !== "elsewhere",
      ...sentWith(sent.find(({ refundId }) => refundId === refund.id)),
      state: refund.state,
      ...endOfRefund(refund),
      arrived: arrived.filter(({ kind, refundId }) => kind === "refund" && refundId === refund.id),
    }),
  );
  const parts: ExaminedPart[] = [];
  for (const subject of [ofPayment, ...ofCancel, ...ofRefunds])
    parts.push(await examinePart(scope, payment, subject, now));
  return { payment, parts };
}

type Sent = { callId: string; notifyUrl: string | null };

type Subject = Pick<
  OrderFacts,
  "kind" | "number" | "page" | "isMadeHere" | "notifyUrl" | "state" | "outcome" | "dueAt"
> & {
  credentialId: string;
  sent: Sent | null;
  arrived: readonly ArrivedMessage[];
};

function sentWith(sent: Sent | undefined): { sent: Sent | null; notifyUrl: string | null } {
  return { sent: sent ?? null, notifyUrl: sent?.notifyUrl ?? null };
}

/** Source: gateway-protocol 6.1: success is told, every other end is not. */
function endOfPayment({ state, paidAt }: PaymentPage): Pick<OrderFacts, "outcome" | "dueAt"> {
  if (paidAt !== null) return { outcome: "tells", dueAt: paidAt };
  return { outcome: ["declined", "closed", "refused"].includes(state) ? "silent" : "open", dueAt: null };
}

/** Source: gateway-protocol 6.1: a refund is told of when it succeeded and when it failed. */
function endOfRefund(refund: {
  state: string;
  succeededAt: Date | null;
  changedAt: Date;
}): Pick<OrderFacts, "outcome" | "dueAt"> {
  if (refund.state === "succeeded") return { outcome: "tells", dueAt: refund.succeededAt ?? refund.changedAt };
  if (refund.state === "failed") return { outcome: "tells", dueAt: refund.changedAt };
  return { outcome: refund.state === "stopped" ? "silent" : "open", dueAt: null };
}

async function examinePart(scope: Scope, payment: PaymentPage, subject: Subject, now: Date): Promise<ExaminedPart> {
  const { arrived, credentialId, sent, ...known } = subject;
  const credential = await openCredential(credentialId);
  const { tries, outside } = lanesOf(subject, now);
  const isSilentSoFar = arrived.length === 0 && subject.dueAt !== null;
  const facts: OrderFacts = {
    ...known,
    callId: sent?.callId ?? null,
    ourUrl: notifyUrls(CredentialId.parse(credentialId))[subject.kind],
    reach: reachOf(subject.notifyUrl ?? ""),
    isGatewayHere: reachOf(credential?.baseUrl ?? "") === "this-machine",
    now,
    tries,
    laterMessage:
      isSilentSoFar && subject.dueAt
        ? await genuineMessageAfter({ merchantId: payment.merchantId, credentialId }, subject.dueAt)
        : null,
  };
  const telling = mostTelling(facts, arrived);
  const examined = telling ? await examineNotification(scope, telling.id) : null;
  return { facts, arrived, outside, climb: examined?.climb ?? climb(orderLadder, facts) };
}

function lanesOf({ dueAt, arrived, outcome }: Subject, now: Date): { tries: readonly Try[]; outside: readonly Date[] } {
  if (dueAt === null || outcome !== "tells") return { tries: [], outside: [] };
  const arrivals = arrived.map((message) => ({ times: timesOf(message), isAccepted: isAccepted(message) }));
  return matchTries(dueAt, arrivals, now);
}

/** Every delivery whose time is kept; the gateway makes six by itself, and more than those are kept. */
export function timesOf({ tries, receivedAt, deliveries, lastReceivedAt }: ArrivedMessage): Date[] {
  if (tries.length > 0) return tries.map(([at]) => new Date(at));
  return deliveries > 1 ? [receivedAt, lastReceivedAt] : [receivedAt];
}

/**
 * The message that says what is the matter: a genuine one if any came. A forged one explains a missing message only
 * where one was due; before that it is somebody's, and the order waits as before.
 */
function mostTelling({ outcome }: OrderFacts, arrived: readonly ArrivedMessage[]): ArrivedMessage | null {
  const genuine = arrived.find(isAccepted);
  if (genuine) return genuine;
  const signed = arrived.find(({ verdict }) => verdict === "wrong-content");
  if (signed) return signed;
  return outcome === "tells" ? (arrived[0] ?? null) : null;
}

function isAccepted({ verdict }: { verdict: string }): boolean {
  return replyTo(verdict).reply === "success";
}
