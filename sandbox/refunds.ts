import { err, ok, type Result } from "@/lib/domain/result";
import { type FaultScope, type Operation, takeFault } from "./faults";
import type { Gateway } from "./gateway";
import { notifyOfRefund } from "./notifications";
import { isPaid } from "./operations/hold";
import { keepOrder } from "./payments";
import type { Refund } from "./records";
import { digits } from "./seed";

/** A refund that is neither successful nor failed by then is closed. Source: gateway-protocol 3.6.4. */
export const refundLifetimeMs = 2 * 3_600_000;

/** The channel has answered. The refund's state changes, the payment's too when all of it went back, and the merchant is told. */
export function settleRefund(gateway: Gateway, refund: Refund, outcome: "succeed" | "fail"): Result<Refund, string> {
  if (refund.state > 1) return err(`Refund ${refund.mchRefundNo} is in state ${refund.state} and cannot be settled.`);
  const order = gateway.state.orders.get(refund.payOrderId);
  if (!order) return err(`The payment of refund ${refund.mchRefundNo} is gone.`);
  const refundedAmount = order.refundedAmount + refund.refundAmount;
  const fails = outcome === "fail" || takeFault(gateway.state, "fail-refund", refundScope(gateway, refund)) !== null;
  const paidAmount = order.takenAmount ?? order.amount;
  if (fails || !isPaid(gateway, order) || refundedAmount > paidAmount) {
    return ok(finished(gateway, { ...refund, ...refundRefused, state: 3, settleAt: null }));
  }
  keepOrder(gateway, { ...order, refundedAmount, state: refundedAmount === paidAmount ? 5 : order.state });
  const successTime = gateway.now();
  return ok(
    finished(gateway, { ...refund, state: 2, successTime, channelOrderNo: `5030${digits(24)}`, settleAt: null }),
  );
}

export const refundRefused = { errCode: "REFUND_REFUSED", errMsg: "渠道拒绝退款" } as const;

export function closeOldRefund(gateway: Gateway, refund: Refund): void {
  gateway.state.keep("refund", { ...refund, state: 4, settleAt: null });
}

export function refundScope(gateway: Gateway, refund: Refund, operation: Operation | null = null): FaultScope {
  return {
    environment: gateway.state.merchants.get(refund.mchNo)?.environment ?? null,
    mchNo: refund.mchNo,
    mchOrderNo: refund.mchOrderNo,
    mchRefundNo: refund.mchRefundNo,
    operation,
  };
}

function finished(gateway: Gateway, refund: Refund): Refund {
  gateway.state.keep("refund", refund);
  notifyOfRefund(gateway, refund);
  return refund;
}
