/** What a pretend gateway knows. Times are epoch milliseconds of its own clock, sums minor units, `state` the wire's. */
export type Order = {
  payOrderId: string;
  mchOrderNo: string;
  wayCode: string;
  amount: number;
  currency: string;
  state: number;
  channelOrderNo: string | null;
  createdAt: number;
  expiresAt: number;
  successTime: number | null;
  refundedAmount: number;
  notifyUrl: string | null;
  /** Paid after it was closed: the merchant is told, and the record stays closed (gateway-protocol 6.7). */
  isPaidLate: boolean;
  /** How often an order was made for this number. */
  executions: number;
};

export type Refund = {
  refundOrderId: string;
  mchRefundNo: string;
  payOrderId: string;
  mchOrderNo: string;
  payAmount: number;
  refundAmount: number;
  currency: string;
  state: number;
  createdAt: number;
  successTime: number | null;
  notifyUrl: string | null;
  /** How often money was sent for this number. */
  executions: number;
};

/** One message to the merchant, as it goes out; every retry repeats it to the byte. */
export type Message = {
  kind: "payment" | "refund" | "cancel";
  /** The order's or the refund's number at the merchant. */
  number: string;
  url: string;
  body: string;
};

/** The truth that the console's rows are compared with. */
export type Book = { orders: Map<string, Order>; refunds: Map<string, Refund> };

export function emptyBook(): Book {
  return { orders: new Map(), refunds: new Map() };
}

export function refundsOfOrder(book: Book, order: Order): Refund[] {
  return [...book.refunds.values()].filter(({ payOrderId }) => payOrderId === order.payOrderId);
}
