import type { Sql } from "postgres";
import type { Broken } from "../core/campaign";
import type { Book, Order, Refund } from "../gateway/book";

export type Excuses = {
  /** Numbers of refunds that nobody could learn about: the gateway cannot be asked, and no message of them arrived. */
  unknowable?: ReadonlySet<string>;
  /** Numbers of orders that were paid after their close without one message arriving: the record says closed for ever. */
  unheardLate?: ReadonlySet<string>;
  /** Refunds the gateway executed although nobody asked it through this console. */
  isForeign?: (refund: Refund) => boolean;
};

/** Holds the console's rows against the gateway's own book, after everything that was due has been asked. */
export async function compareBooks(sql: Sql, book: Book, excuses: Excuses = {}): Promise<Broken[]> {
  const payments = await sql<PaymentRow[]>`
    select mch_order_no as number, state, amount::float8, refunded_amount::float8 as "refundedAmount" from payments`;
  const refunds = await sql<RefundRow[]>`
    select mch_refund_no as number, refunds.state, refunds.amount::float8, mch_order_no as "orderNumber"
    from refunds join payments on payments.id = refunds.payment_id`;
  const found: Finding[] = [];
  const ours = new Map(payments.map((row) => [row.number, row]));
  const oursRefunds = new Map(refunds.map((row) => [row.number, row]));
  for (const order of book.orders.values())
    found.push(...orderFindings(book, order, ours.get(order.mchOrderNo), excuses));
  for (const refund of book.refunds.values()) {
    found.push(...refundFindings(refund, oursRefunds.get(refund.mchRefundNo), excuses));
  }
  for (const row of payments) found.push(...withoutOrder(row, book.orders.get(row.number)));
  for (const row of refunds) found.push(...withoutRefund(row, book.refunds.get(row.number)));
  return grouped(found);
}

type PaymentRow = { number: string; state: string; amount: number; refundedAmount: number };
type RefundRow = { number: string; state: string; amount: number; orderNumber: string };
type Finding = [invariant: string, detail: string];

function orderFindings(book: Book, order: Order, row: PaymentRow | undefined, excuses: Excuses): Finding[] {
  const found: Finding[] = [];
  const what = `${order.mchOrderNo} (there ${order.state}${order.isPaidLate ? ", paid late" : ""}, here ${row?.state})`;
  const sum = [...book.refunds.values()]
    .filter(({ payOrderId, state }) => payOrderId === order.payOrderId && state === 2)
    .reduce((total, { refundAmount, executions }) => total + refundAmount * executions, 0);
  if (order.executions > 1) found.push(["no order is made twice", `${what}: ${order.executions} times`]);
  if (sum > order.amount) found.push(["never more is refunded than was paid", `${what}: ${sum} of ${order.amount}`]);
  if (!row) return [...found, ["no order is unknown here", what]];
  const isUnheard = excuses.unheardLate?.has(order.mchOrderNo) ?? false;
  const isPaidThere = [2, 4, 5].includes(order.state) || (order.isPaidLate && !isUnheard);
  const isPaidHere = ["paid", "cancelled", "refunded"].includes(row.state);
  if (isPaidHere && !isPaidThere && !order.isPaidLate) found.push(["no order is paid here but unpaid there", what]);
  if (!isPaidHere && isPaidThere) found.push(["no order is paid there but unpaid here", what]);
  const isEndThere = order.state >= 2;
  if (isEndThere && ["prepared", "unclear", "created", "waiting"].includes(row.state)) {
    found.push(["no order has ended there and is open here", what]);
  }
  if ((order.state === 4) !== (row.state === "cancelled"))
    found.push(["an order is cancelled here when it is there", what]);
  if (order.state === 5 && row.state !== "refunded") found.push(["an order is refunded here when it is there", what]);
  return found;
}

function refundFindings(refund: Refund, row: RefundRow | undefined, excuses: Excuses): Finding[] {
  const what = `${refund.mchRefundNo} (there ${refund.state}, here ${row?.state})`;
  const found: Finding[] = [];
  if (refund.executions > 1) found.push(["no refund is executed twice", `${what}: ${refund.executions} times`]);
  if (excuses.isForeign?.(refund)) return found;
  if (!row) return [...found, ["no refund was sent without an intent", what]];
  if (row.amount !== refund.refundAmount)
    found.push(["a refund has one sum", `${what}: ${row.amount} and ${refund.refundAmount}`]);
  const isOpenHere = ["prepared", "sent", "unclear", "pending"].includes(row.state);
  if (row.state === "stopped") found.push(["no refund that was stopped is at the gateway", what]);
  if (refund.state === 2 && row.state === "failed") found.push(["no refund that succeeded is called failed", what]);
  if (refund.state > 2 && row.state === "succeeded") found.push(["no refund that failed is called succeeded", what]);
  if (refund.state >= 2 && isOpenHere && !excuses.unknowable?.has(refund.mchRefundNo)) {
    found.push(["no refund has ended there and is open here", what]);
  }
  return found;
}

function withoutOrder(row: PaymentRow, order: Order | undefined): Finding[] {
  if (order || ["refused", "prepared", "unclear"].includes(row.state)) return [];
  return [["no order stands here that the gateway never had", `${row.number} (${row.state})`]];
}

function withoutRefund(row: RefundRow, refund: Refund | undefined): Finding[] {
  if (refund || row.state !== "succeeded") return [];
  return [["no refund succeeded that the gateway never had", `${row.number} of ${row.orderNumber}`]];
}

function grouped(found: Finding[]): Broken[] {
  const byInvariant = new Map<string, string[]>();
  for (const [invariant, detail] of found) byInvariant.set(invariant, [...(byInvariant.get(invariant) ?? []), detail]);
  return [...byInvariant].map(([invariant, details]) => ({
    invariant,
    detail: `${details.length} times, such as ${details.slice(0, 3).join("; ")}`,
  }));
}
