import { setHoldSeconds } from "@/db/commands/refund-control";
import { newMchOrderNo, newMchRefundNo, type PaymentId, type RefundId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { createRefund } from "@/lib/refunds/create-refund";
import { makeWorld, type World } from "./world";

/** A world in which an operator has paid payments refunded, at once and without a limit. */
export type RefundWorld = Awaited<ReturnType<typeof makeRefundWorld>>;

export async function makeRefundWorld() {
  const world = await makeWorld();
  const operator = await world.scopeOf("operator");
  await setHoldSeconds(world.database.sql, "test", 0);
  return { ...world, operator, ...refunding(world, operator) };
}

function refunding({ database: { sql }, sandbox }: World, operator: Scope) {
  const refundOf = (paymentId: PaymentId, amount: string, mchRefundNo = newMchRefundNo(), by = operator) =>
    createRefund(by, { paymentId, mchRefundNo, amount, reason: "goodwill", note: "", secondLook: "" });
  return {
    refundOf,
    async paidPayment(amount = "100.00"): Promise<{ id: PaymentId; mchOrderNo: string }> {
      const mchOrderNo = newMchOrderNo();
      const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount, subject: "Tea" });
      const created = await createPayment(operator, input);
      if (!created.ok) throw new Error(created.error.message);
      await sandbox.control("pay", { mchOrderNo, awaitNotification: true });
      return { id: created.value, mchOrderNo };
    },
    async refunded(paymentId: PaymentId, amount: string): Promise<RefundId> {
      const result = await refundOf(paymentId, amount);
      if (!result.ok) throw new Error(result.error.message);
      if (result.value.kind !== "refund") throw new Error("It became a request.");
      return result.value.id;
    },
    async readRefund(id: RefundId) {
      const [row] = await sql`select * from refunds where id = ${id}`;
      return row ?? {};
    },
    async sumsOf(id: PaymentId) {
      const [row] = await sql`select refunded_amount, reserved_amount, state from payments where id = ${id}`;
      return {
        refunded: Number(row?.["refunded_amount"]),
        reserved: Number(row?.["reserved_amount"]),
        state: row?.["state"],
      };
    },
    async fault(kind: string, options: object = {}): Promise<void> {
      await sandbox.control("faults", { kind, ...options });
    },
    /** How many refunds of this payment the gateway really has. */
    async refundsAtGateway(mchOrderNo: string): Promise<unknown[]> {
      return (await sandbox.control(`orders/${mchOrderNo}`))["refunds"] as unknown[];
    },
  };
}
