import { sign } from "@/lib/gateway/signature";
import { type Book, emptyBook, type Message, type Order, type Refund } from "./book";
import { findOrder, operate, type Spoken } from "./operations";

/**
 * A gateway of our own in a few lines: it speaks the protocol, keeps a book of what really happened, and has no clock
 * and no chance in it, so that whoever drives it decides about both. It shares nothing with the sandbox.
 */
export type PretendGateway = {
  book: Book;
  /** Executes one request and returns the text of its answer. */
  answer(path: string, body: string): string;
  pay(mchOrderNo: string): void;
  decline(mchOrderNo: string): void;
  /** What the gateway's own job does with an order nobody has paid. */
  expire(mchOrderNo: string): void;
  settle(mchRefundNo: string, outcome: "succeed" | "fail" | "give-up"): void;
  reset(): void;
};

export type PretendSettings = {
  secret: string;
  mchNo: string;
  appId: string;
  now: () => number;
  /** Every message the merchant should hear; sending it is the driver's business. */
  tell: (message: Message) => void;
  /** How a new refund goes on: settled at once, or later by the driver. */
  refundStart: (refund: Refund) => "succeed" | "fail" | "later";
  /** Takes any refund as often as it comes, as a gateway without locks would: the console must hold the limit itself. */
  isCareless?: boolean;
};

export function openPretendGateway(settings: PretendSettings): PretendGateway {
  const gateway: PretendGateway = {
    book: emptyBook(),
    answer: (path, body) => written(operate(gateway, settings, path, readBody(body)), settings.secret),
    pay(mchOrderNo) {
      const order = orderOf(gateway, mchOrderNo);
      if (order.isPaidLate || ![0, 1, 6].includes(order.state)) return;
      const paid = { state: 2, successTime: settings.now(), channelOrderNo: `4200${order.payOrderId.slice(1)}` };
      if (order.state === 6) order.isPaidLate = true;
      else Object.assign(order, paid);
      tellOfOrder(settings, "payment", { ...order, ...paid }, order.notifyUrl);
    },
    decline(mchOrderNo) {
      const order = orderOf(gateway, mchOrderNo);
      if (order.state <= 1) order.state = 3;
    },
    expire(mchOrderNo) {
      const order = orderOf(gateway, mchOrderNo);
      if (order.state <= 1) order.state = 6;
    },
    settle(mchRefundNo, outcome) {
      const refund = gateway.book.refunds.get(mchRefundNo);
      if (!refund || refund.state > 1) return;
      settleRefund(gateway, settings, refund, outcome);
    },
    reset() {
      gateway.book = emptyBook();
    },
  };
  return gateway;
}

/** The channel has answered, or the gateway has stopped waiting for it. */
export function settleRefund(
  gateway: PretendGateway,
  settings: PretendSettings,
  refund: Refund,
  outcome: "succeed" | "fail" | "give-up",
): void {
  const order = findOrder(gateway.book, { payOrderId: refund.payOrderId });
  const isPossible =
    settings.isCareless || (order?.state === 2 && refund.refundAmount <= order.amount - order.refundedAmount);
  if (outcome === "give-up") {
    // Nobody is told of this one (gateway-protocol 3.6.4).
    refund.state = 4;
    return;
  }
  if (outcome === "succeed" && order && isPossible) {
    order.refundedAmount += refund.refundAmount;
    if (order.refundedAmount === order.amount) order.state = 5;
    refund.state = 2;
    refund.successTime = settings.now();
  } else {
    refund.state = 3;
  }
  tellOfRefund(settings, refund);
}

export function tellOfOrder(
  settings: PretendSettings,
  kind: "payment" | "cancel",
  order: Order,
  url: string | null,
): void {
  if (url === null) return;
  const body = signedForm(settings, orderFields(settings, order));
  settings.tell({ kind, number: order.mchOrderNo, url, body });
}

function tellOfRefund(settings: PretendSettings, refund: Refund): void {
  if (refund.notifyUrl === null) return;
  const body = signedForm(settings, refundFields(settings, refund));
  settings.tell({ kind: "refund", number: refund.mchRefundNo, url: refund.notifyUrl, body });
}

/** A form as the gateway signs and sends it. Also made for messages that no gateway sent, with another secret. */
export function signedForm(
  { secret, now }: Pick<PretendSettings, "secret" | "now">,
  fields: Readonly<Record<string, string | number>>,
): string {
  const message = { ...fields, reqTime: now() };
  const texts = Object.entries({ ...message, sign: sign(message, secret) }).map(([name, value]) => [
    name,
    String(value),
  ]);
  return new URLSearchParams(texts).toString();
}

type Owner = Pick<PretendSettings, "mchNo" | "appId">;

/** Source: gateway-protocol 3.3.2, 6.3. */
export function orderFields({ mchNo, appId }: Owner, order: Order): Record<string, string | number> {
  const { payOrderId, mchOrderNo, wayCode, amount, currency, state, channelOrderNo, successTime, createdAt } = order;
  const always = {
    payOrderId,
    mchNo,
    appId,
    mchOrderNo,
    wayCode,
    amount,
    currency,
    state,
    subject: "Tea",
    body: "Tea",
    createdAt,
  };
  return { ...always, ...(channelOrderNo ? { channelOrderNo } : {}), ...(successTime ? { successTime } : {}) };
}

/** Source: gateway-protocol 3.7, 6.3. */
export function refundFields({ mchNo, appId }: Owner, refund: Refund): Record<string, string | number> {
  const { refundOrderId, payOrderId, mchRefundNo, payAmount, refundAmount, currency, state, successTime, createdAt } =
    refund;
  const always = {
    refundOrderId,
    payOrderId,
    mchNo,
    appId,
    mchRefundNo,
    payAmount,
    refundAmount,
    currency,
    state,
    createdAt,
  };
  return { ...always, ...(successTime ? { successTime } : {}) };
}

function written(spoken: Spoken, secret: string): string {
  if (!spoken.ok) return JSON.stringify({ code: spoken.code, msg: spoken.msg });
  return JSON.stringify({ code: 0, msg: "SUCCESS", data: spoken.data, sign: sign(spoken.data, secret) });
}

function readBody(body: string): Record<string, string | number> {
  return JSON.parse(body) as Record<string, string | number>;
}

function orderOf(gateway: PretendGateway, mchOrderNo: string): Order {
  const order = gateway.book.orders.get(mchOrderNo);
  if (!order) throw new Error(`The pretend gateway has no order ${mchOrderNo}.`);
  return order;
}
