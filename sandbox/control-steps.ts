import { z } from "zod";
import type { Result } from "@/lib/domain/result";
import { Conflict, NoSuchRecord } from "./control-problems";
import { findOrderByNo, findRefundByNo } from "./control-views";
import type { Gateway } from "./gateway";
import { sendForgery } from "./notifications";
import { resend } from "./notifier";
import { declineOrder, payOrder } from "./payments";
import type { Attempt, Order, Refund } from "./records";
import { settleRefund } from "./refunds";

export const PayInput = z.strictObject({
  mchNo: z.string().optional(),
  mchOrderNo: z.string(),
  outcome: z.enum(["pay", "decline"]).default("pay"),
  awaitNotification: z.boolean().default(false),
});

/** What the payer does, without a browser. */
export async function payNow(gateway: Gateway, input: z.infer<typeof PayInput>): Promise<Order> {
  const order = findOrderByNo(gateway, input);
  const changed = possible(input.outcome === "pay" ? payOrder(gateway, order) : declineOrder(gateway, order));
  if (input.awaitNotification) await gateway.deliveries.get(`${order.payOrderId}.payment`);
  return changed;
}

export const RefundInput = z.strictObject({
  mchNo: z.string().optional(),
  mchRefundNo: z.string(),
  outcome: z.enum(["succeed", "fail"]).default("succeed"),
});

export function settleNow(gateway: Gateway, input: z.infer<typeof RefundInput>): Refund {
  return possible(settleRefund(gateway, findRefundByNo(gateway, input), input.outcome));
}

export const NotifyInput = z.strictObject({
  mchNo: z.string().optional(),
  mchOrderNo: z.string().optional(),
  mchRefundNo: z.string().optional(),
  kind: z.enum(["payment", "refund", "cancel", "forged"]).optional(),
  times: z.int().min(1).max(1000).default(1),
});

export async function notifyAgain(
  gateway: Gateway,
  { mchNo, mchOrderNo, mchRefundNo, kind, times }: z.infer<typeof NotifyInput>,
): Promise<{ attempts: Attempt[] }> {
  if (mchRefundNo !== undefined) {
    const { refundOrderId } = findRefundByNo(gateway, { mchNo, mchRefundNo });
    return { attempts: await sendAgain(gateway, `${refundOrderId}.refund`, times) };
  }
  const order = findOrderByNo(gateway, { mchNo, mchOrderNo: mchOrderNo ?? "" });
  if (kind === "forged") return { attempts: await forge(gateway, order, times) };
  if (kind !== "refund")
    return { attempts: await sendAgain(gateway, `${order.payOrderId}.${kind ?? "payment"}`, times) };
  const newest = gateway.state.refundsOf.get(order.payOrderId)?.at(-1);
  return { attempts: await sendAgain(gateway, `${newest?.refundOrderId}.refund`, times) };
}

async function sendAgain(gateway: Gateway, id: string, times: number): Promise<Attempt[]> {
  if (!gateway.state.notifications.has(id)) throw new NoSuchRecord(`There is no notification ${id}.`);
  return resend(gateway, id, times);
}

async function forge(gateway: Gateway, order: Order, times: number): Promise<Attempt[]> {
  if (order.notifyUrl === null) throw new Conflict(`Order ${order.mchOrderNo} names no notifyUrl.`);
  return Promise.all(Array.from({ length: times }, () => sendForgery(gateway, order)));
}

function possible<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Conflict(result.error);
  return result.value;
}
