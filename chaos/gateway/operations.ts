import type { Book, Order, Refund } from "./book";
import {
  orderFields,
  type PretendGateway,
  type PretendSettings,
  refundFields,
  settleRefund,
  tellOfOrder,
} from "./pretend-gateway";

/** What an operation says: signed data, or a refusal, which nobody signs. */
export type Spoken = { ok: true; data: Record<string, string | number> } | { ok: false; code: number; msg: string };

type Fields = Record<string, string | number>;
type Operation = (gateway: PretendGateway, settings: PretendSettings, fields: Fields) => Spoken;

/** Source for the texts: gateway-protocol 5.4. */
const operations: Readonly<Record<string, Operation>> = {
  "/api/pay/unifiedOrder": unifiedOrder,
  "/api/pay/query": (gateway, settings, fields) => {
    const order = findOrder(gateway.book, fields);
    return order ? data(orderFields(settings, order)) : no("订单不存在");
  },
  "/api/pay/close": close,
  "/api/pay/cancel": cancel,
  "/api/refund/refundOrder": refundOrder,
  "/api/refund/query": (gateway, settings, fields) => {
    const refund = gateway.book.refunds.get(String(fields["mchRefundNo"]));
    return refund ? data(refundFields(settings, refund)) : no("订单不存在");
  },
};

export function operate(gateway: PretendGateway, settings: PretendSettings, path: string, fields: Fields): Spoken {
  const operation = operations[path];
  if (!operation) throw new Error(`The pretend gateway has nothing at ${path}.`);
  return operation(gateway, settings, fields);
}

export function findOrder(book: Book, fields: Fields): Order | undefined {
  const { payOrderId, mchOrderNo } = fields;
  if (payOrderId === undefined) return book.orders.get(String(mchOrderNo));
  for (const order of book.orders.values()) if (order.payOrderId === payOrderId) return order;
  return undefined;
}

function unifiedOrder(gateway: PretendGateway, settings: PretendSettings, fields: Fields): Spoken {
  const mchOrderNo = String(fields["mchOrderNo"]);
  const { orders } = gateway.book;
  const known = orders.get(mchOrderNo);
  if (known && !settings.isCareless) return no(`商户订单[${mchOrderNo}]已存在`);
  const createdAt = settings.now();
  const order: Order = known ?? {
    payOrderId: `P${String(orders.size + 1).padStart(19, "0")}`,
    mchOrderNo,
    wayCode: String(fields["wayCode"]),
    amount: Number(fields["amount"]),
    currency: String(fields["currency"]),
    state: 1,
    channelOrderNo: null,
    createdAt,
    expiresAt: createdAt + Number(fields["expiredTime"] ?? 7200) * 1000,
    successTime: null,
    refundedAmount: 0,
    notifyUrl: typeof fields["notifyUrl"] === "string" ? fields["notifyUrl"] : null,
    isPaidLate: false,
    executions: 0,
  };
  order.executions += 1;
  orders.set(mchOrderNo, order);
  const { payOrderId, state: orderState } = order;
  return data({
    payOrderId,
    mchOrderNo,
    orderState,
    payDataType: "codeUrl",
    payData: `https://qr.invalid/${payOrderId}`,
  });
}

function close(gateway: PretendGateway, _settings: PretendSettings, fields: Fields): Spoken {
  const order = findOrder(gateway.book, fields);
  if (!order) return no("订单不存在");
  if (order.state > 1) return no("当前订单不可关闭");
  order.state = 6;
  return data({});
}

function cancel(gateway: PretendGateway, settings: PretendSettings, fields: Fields): Spoken {
  const order = findOrder(gateway.book, fields);
  if (!order) return no("订单不存在");
  if (order.state !== 2) return no("订单状态不正确，无法撤销");
  if (order.refundedAmount > 0) return no("订单状态不正确，订单已发生退款");
  if (hasRefundUnderWay(gateway.book, order)) return no("支付订单具有在途退款申请，请稍后再试");
  order.state = 4;
  const url = typeof fields["notifyUrl"] === "string" ? fields["notifyUrl"] : null;
  tellOfOrder(settings, "cancel", order, url);
  const { payOrderId, mchOrderNo, state } = order;
  return data({ payOrderId, mchOrderNo, state });
}

function refundOrder(gateway: PretendGateway, settings: PretendSettings, fields: Fields): Spoken {
  const order = findOrder(gateway.book, fields);
  if (!order) return no("退款订单不存在");
  const mchRefundNo = String(fields["mchRefundNo"]);
  const refundAmount = Number(fields["refundAmount"]);
  const problem = settings.isCareless ? null : refundProblem(gateway.book, order, mchRefundNo, refundAmount);
  if (problem !== null) return no(problem);
  const known = gateway.book.refunds.get(mchRefundNo);
  const refund: Refund = known ?? {
    refundOrderId: `R${String(gateway.book.refunds.size + 1).padStart(19, "0")}`,
    mchRefundNo,
    payOrderId: order.payOrderId,
    mchOrderNo: order.mchOrderNo,
    payAmount: order.amount,
    refundAmount,
    currency: String(fields["currency"]),
    state: 1,
    createdAt: settings.now(),
    successTime: null,
    notifyUrl: typeof fields["notifyUrl"] === "string" ? fields["notifyUrl"] : null,
    executions: 0,
  };
  refund.executions += 1;
  gateway.book.refunds.set(mchRefundNo, refund);
  const start = settings.refundStart(refund);
  if (start !== "later") settleRefund(gateway, settings, refund, start);
  const { refundOrderId, payAmount, state } = refund;
  return data({ refundOrderId, mchRefundNo, payAmount, refundAmount, state });
}

function refundProblem(book: Book, order: Order, mchRefundNo: string, refundAmount: number): string | null {
  // Source: gateway-protocol 3.6.3, in this order.
  if (order.state !== 2) return "订单状态不正确， 无法完成退款";
  if (refundAmount > order.amount - order.refundedAmount) return "申请金额超出订单可退款余额，请检查退款金额";
  if (hasRefundUnderWay(book, order)) return "支付订单具有在途退款申请，请稍后再试";
  return book.refunds.has(mchRefundNo) ? `商户退款订单号[${mchRefundNo}]已存在` : null;
}

function hasRefundUnderWay(book: Book, order: Order): boolean {
  for (const { payOrderId, state } of book.refunds.values()) {
    if (payOrderId === order.payOrderId && state === 1) return true;
  }
  return false;
}

function data(fields: Record<string, string | number>): Spoken {
  return { ok: true, data: fields };
}

function no(msg: string): Spoken {
  return { ok: false, code: 9999, msg };
}
