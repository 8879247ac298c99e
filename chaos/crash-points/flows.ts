import { setHoldSeconds, setRefundLimit } from "@/db/commands/refund-control";
import { PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import type { Broken } from "../core/campaign";
import type { PretendGateway } from "../gateway/pretend-gateway";
import type { Shop } from "../shop/shop";
import { paidOrder, stockPayments } from "../shop/stock";
import { type Act, perform } from "./acts";
import { credentialFlows } from "./credential-flows";
import { holdFlows } from "./hold-flows";
import { planFlow } from "./plan-flow";

export type Stage = {
  shop: Shop;
  operator: Scope;
  /** The second person. */
  approver: Scope;
  gateway: PretendGateway;
  loseNext: (path: string) => void;
};

/** One thing that is done in steps, each of which may be the last one. */
export type Flow = {
  /** Puts in place what the act finds. The label names it and is unique. */
  prepare: (stage: Stage, label: string) => Promise<Act>;
  by?: "approver";
  /** What may be answered, besides yes, to somebody who comes back later and asks for the same once more. */
  againMayBe: readonly string[];
  /** Hops of time in which nothing of ours is open: the news waits at the gateway until the next usual question. */
  quietHops?: number;
  /** What the worker does for it besides asking. */
  goOn?: (stage: Stage) => Promise<void>;
  /** What is wrong with it in the end that the oracle does not look at. */
  judge?: (stage: Stage, acts: readonly Act[]) => Promise<Broken[]>;
};

export const flows: Readonly<Record<string, Flow>> = {
  create: {
    prepare: async (_, label) => ({ kind: "create", mchOrderNo: label }),
    againMayBe: ["number-taken"],
  },
  "refund a part": {
    prepare: async (stage, label) => refundOf(await paid(stage, label), label, "4.00"),
    againMayBe: [],
  },
  "refund everything": {
    prepare: async (stage, label) => refundOf(await paid(stage, label), label, "10.00"),
    againMayBe: [],
  },
  cancel: {
    prepare: async (stage, label) => ({ kind: "cancel", paymentId: await paid(stage, label) }),
    againMayBe: ["not-possible"],
  },
  "send a refund again": {
    prepare: async (stage, label) => {
      stage.loseNext("/api/refund/refundOrder");
      await perform(stage.operator, refundOf(await paid(stage, label), label, "4.00"));
      const [row] = await stage.shop.sql<{ id: string }[]>`
        update refunds set sent_at = sent_at - interval '5 minutes' where mch_refund_no = ${`${label}-R`} returning id`;
      return { kind: "ask refund", refundId: row?.id ?? "" };
    },
    againMayBe: [],
  },
  "ask a second person": {
    prepare: async (stage, label) => {
      const paymentId = await paid(stage, label);
      await limitAlone(stage, 100);
      return refundOf(paymentId, label, "4.00");
    },
    againMayBe: [],
    judge: async ({ shop }, acts) => {
      const [row] = await shop.sql`
        select (select count(*)::int from refund_requests where state = 'open') as open,
          (select count(*)::int from refunds) as made`;
      if (row?.["open"] === acts.length && row["made"] === 0) return [];
      return [{ invariant: "above the limit there is one request and no refund", detail: JSON.stringify(row) }];
    },
  },
  "approve a refund": {
    prepare: async (stage, label) => ({ kind: "approve", requestId: await requested(stage, label) }),
    by: "approver",
    againMayBe: ["decided"],
  },
  "decline a refund": {
    prepare: async (stage, label) => ({ kind: "decline", requestId: await requested(stage, label) }),
    by: "approver",
    againMayBe: ["decided"],
  },
  "stop a refund": {
    prepare: async (stage, label) => {
      const { sql } = stage.shop;
      await setHoldSeconds(sql, "test", 10);
      await perform(stage.operator, refundOf(await paid(stage, label), label, "4.00"));
      await setHoldSeconds(sql, "test", 0);
      const [row] = await sql<{ id: string }[]>`select id from refunds where mch_refund_no = ${`${label}-R`}`;
      return { kind: "stop", refundId: row?.id ?? "" };
    },
    againMayBe: ["too-late"],
  },
  close: {
    prepare: async (stage, label) => ({ kind: "close", paymentId: await waiting(stage, label) }),
    againMayBe: ["not-possible"],
    // Asked about less and less often.
    quietHops: 40,
  },
  "ask about a payment": {
    prepare: async (stage, label) => {
      const paymentId = await waiting(stage, label);
      stage.gateway.pay(label);
      return { kind: "ask", paymentId };
    },
    againMayBe: [],
    quietHops: 40,
  },
  "run a plan": planFlow,
  ...holdFlows,
  ...credentialFlows,
};

function refundOf(paymentId: string, label: string, amount: string): Act {
  return { kind: "refund", paymentId, mchRefundNo: `${label}-R`, amount };
}

/** Up to which sum, in minor units, an operator refunds alone. */
async function limitAlone({ shop }: Stage, perRefund: number | null): Promise<void> {
  await setRefundLimit(shop.sql, "test", { role: "operator", currency: "HKD", perRefund, perDay: null });
}

async function requested(stage: Stage, label: string): Promise<string> {
  const paymentId = await paid(stage, label);
  await limitAlone(stage, 100);
  await perform(stage.operator, refundOf(paymentId, label, "4.00"));
  await limitAlone(stage, null);
  const [row] = await stage.shop.sql<{ id: string }[]>`
    select id from refund_requests where payment_id = ${paymentId}`;
  return row?.id ?? "";
}

async function waiting({ operator, shop }: Stage, label: string): Promise<string> {
  await perform(operator, { kind: "create", mchOrderNo: label });
  const [row] = await shop.sql<{ id: string }[]>`select id from payments where mch_order_no = ${label}`;
  return PaymentId.parse(row?.id);
}

export async function paid({ shop, gateway }: Pick<Stage, "shop" | "gateway">, label: string): Promise<string> {
  const [payment] = await stockPayments(shop, { count: 1, state: "paid", amount: 1_000, label });
  if (!payment) throw new Error("Nothing was stocked.");
  gateway.book.orders.set(label, { ...paidOrder(payment), mchOrderNo: label });
  await shop.sql`update payments set mch_order_no = ${label} where id = ${payment.id}`;
  return payment.id;
}
