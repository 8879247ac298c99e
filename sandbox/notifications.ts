import { sign } from "@/lib/gateway/signature";
import { type FaultScope, findFault, takeFault } from "./faults";
import { appOf, type Gateway } from "./gateway";
import { type MessageFields, orderFields, refundFields, unknownFields, withoutNulls } from "./messages";
import { appendFields, splitIntoForm } from "./notification-wire";
import { isOfSamePayment, sendNow, startDelivery } from "./notifier";
import { orderScope } from "./payments";
import type { Attempt, Notification, Order, Refund } from "./records";
import { refundScope } from "./refunds";
import { newSecret } from "./seed";
import type { State } from "./state";

type OrderNews = {
  kind: "payment" | "cancel";
  order: Order;
  /** Where to send it; nobody is told without one. */
  notifyUrl: string | null;
  extParam: string | null;
};

/** Tells the merchant about a payment or its cancel. */
export function notifyOfOrder(gateway: Gateway, { kind, order, notifyUrl, extParam }: OrderNews): void {
  addNotification(gateway, {
    id: `${order.payOrderId}.${kind}`,
    kind,
    mchNo: order.mchNo,
    appId: order.appId,
    mchOrderNo: order.mchOrderNo,
    mchRefundNo: null,
    fields: { ...orderFields(order), extParam },
    notifyUrl,
    scope: orderScope(gateway, order),
  });
}

/** Tells the merchant how a refund ended, signed with the secret of the application that asked for it. */
export function notifyOfRefund(gateway: Gateway, refund: Refund): void {
  addNotification(gateway, {
    id: `${refund.refundOrderId}.refund`,
    kind: "refund",
    mchNo: refund.mchNo,
    appId: refund.appId,
    mchOrderNo: refund.mchOrderNo,
    mchRefundNo: refund.mchRefundNo,
    fields: refundFields(refund),
    notifyUrl: refund.notifyUrl,
    scope: refundScope(gateway, refund),
  });
}

/** Claims once, signed with a secret that nobody has, that an order was paid; nothing of it is stored. */
export async function sendForgery(gateway: Gateway, order: Order): Promise<Attempt> {
  const paid = { ...order, state: 2, successTime: gateway.now(), channelOrderNo: "FORGED" };
  const message = withoutNulls({ ...orderFields(paid), reqTime: gateway.now() });
  const signed = { ...message, sign: sign(message, newSecret()) };
  return sendNow(gateway, splitIntoForm(appendFields(order.notifyUrl ?? "", signed)));
}

type News = Pick<Notification, "id" | "kind" | "mchNo" | "appId" | "mchOrderNo" | "mchRefundNo"> & {
  fields: MessageFields;
  notifyUrl: string | null;
  scope: FaultScope;
};

function addNotification(gateway: Gateway, { fields, notifyUrl, scope, ...news }: News): void {
  const { state } = gateway;
  const app = appOf(state.merchants.get(news.mchNo), news.appId);
  // One message per order and kind, for ever.
  if (!notifyUrl || !app || state.notifications.has(news.id)) return;
  const message = signedMessage(gateway, { fields, scope, secret: app.secret });
  const isSilent = takeFault(state, "silent", scope) !== null;
  const isHeld = !isSilent && takeReordering(state, news, scope);
  const isSentNow = !isSilent && !isHeld;
  state.keep("notification", {
    ...news,
    ...splitIntoForm(appendFields(notifyUrl, message)),
    state: isSilent ? "silenced" : isHeld ? "held" : "pending",
    tries: 0,
    copies: takeFault(state, "duplicate-notification", scope)?.copies ?? 1,
    nextAttemptAt: isSentNow ? gateway.now() : null,
    attempts: [],
  });
  if (isSentNow) void startDelivery(gateway, news.id);
}

/** Only the first message of a payment is held back: the next one lets it go. */
function takeReordering(state: State, news: Pick<Notification, "mchNo" | "mchOrderNo">, scope: FaultScope): boolean {
  if (!findFault(state, "reorder-notifications", scope)) return false;
  for (const other of state.openNotifications.values()) {
    if (other.state === "held" && isOfSamePayment(other, news)) return false;
  }
  return takeFault(state, "reorder-notifications", scope) !== null;
}

type Signing = { fields: MessageFields; scope: FaultScope; secret: string };

function signedMessage(gateway: Gateway, { fields, scope, secret }: Signing): Record<string, string | number> {
  const { state } = gateway;
  const told: Record<string, string | number | null> = { ...fields, reqTime: gateway.now() };
  if (takeFault(state, "unknown-fields", scope)) Object.assign(told, unknownFields);
  const unknownState = takeFault(state, "unknown-state", scope);
  if (unknownState) told.state = unknownState.state;
  if (takeFault(state, "wrong-amount", scope)) {
    if (typeof told.amount === "number") told.amount *= 10;
    if (typeof told.refundAmount === "number") told.refundAmount *= 10;
  }
  const message = withoutNulls(told);
  const key = takeFault(state, "forged-notification", scope) ? newSecret() : secret;
  return { ...message, sign: sign(message, key) };
}
