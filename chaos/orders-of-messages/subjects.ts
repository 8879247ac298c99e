import { markRefundSent, reserveRefund } from "@/db/commands/refunds";
import { MchRefundNo, newId, RefundId } from "@/lib/domain/ids";
import type { Shop } from "../shop/shop";
import { stockPayments } from "../shop/stock";
import type { Subject } from "./message";

const amount = 1_000;
const refundAmount = 400;

/** Payments that were just stored. */
export async function freshPayments(shop: Shop, count: number, label: string): Promise<Subject[]> {
  const stocked = await stockPayments(shop, { count, state: "prepared", amount, label });
  return stocked.map((payment) => ({ ...payment, refund: null }));
}

/** Paid payments with a refund that has just been sent. */
export async function refundsUnderWay(shop: Shop, count: number, label: string): Promise<Subject[]> {
  const stocked = await stockPayments(shop, { count, state: "paid", amount, label });
  const { sql, merchantId } = shop;
  return inParallel(stocked, async (payment) => {
    const mchRefundNo = MchRefundNo.parse(`${payment.mchOrderNo}-R`.slice(-30));
    const intent = {
      id: newId(RefundId),
      paymentId: payment.id,
      mchRefundNo,
      amount: refundAmount,
      reason: "Goodwill",
      note: null,
      holdSeconds: 0,
      origin: "console" as const,
      approvedBy: null,
    };
    const reserved = await reserveRefund(sql, merchantId, intent, "script");
    if (reserved.outcome !== "reserved") throw new Error(`${mchRefundNo}: ${reserved.outcome}`);
    await markRefundSent(sql, { merchantId, refundId: reserved.id, sendCount: 0 });
    return { ...payment, refund: { id: reserved.id, mchRefundNo, amount: refundAmount } };
  });
}

const atOnce = 8;

/** A few at a time, results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lanes = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item, index);
    }
  });
  await Promise.all(lanes);
  return results;
}

/** Where a subject stands after all words. */
export type Ending = {
  state: string;
  attention: string | null;
  refundState: string | null;
  refunded: number;
  reserved: number;
};

export async function endingsOf({ sql }: Shop, subjects: readonly Subject[]): Promise<Ending[]> {
  const ids = subjects.map(({ id }) => id).join(",");
  const rows = await sql<(Ending & { id: string })[]>`
    select p.id, p.state, coalesce(p.attention, r.attention) as attention, r.state as "refundState",
      p.refunded_amount::float8 as refunded, p.reserved_amount::float8 as reserved
    from payments p left join refunds r on r.payment_id = p.id
    where p.id = any(string_to_array(${ids}, ',')::uuid[])`;
  const byId = new Map(rows.map(({ id, ...ending }) => [id, ending]));
  return subjects.map(({ id }) => {
    const ending = byId.get(id);
    if (!ending) throw new Error(`${id} is gone.`);
    return ending;
  });
}
